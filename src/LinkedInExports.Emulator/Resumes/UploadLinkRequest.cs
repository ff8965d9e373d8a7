using System.Text.Json;
using LinkedInExports.Emulator.Contracts;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>The body of a request for an upload link.</summary>
internal sealed record UploadLinkRequest(string ContentType, BlobTtl Ttl)
{
    private const string Usage = "tcrmResumeParameters";

    /// <summary>The types of TXT, PDF and DOC files.</summary>
    public static readonly string[] ContentTypes = ["text/plain", "application/pdf", "application/msword"];

    /// <summary>Reads the body. Undocumented fields are errors.</summary>
    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? Read(EmulatorRequest request, out UploadLinkRequest linkRequest)
    {
        string contentType = "";
        string contract = "";
        BlobTtl ttl = default;
        string? problem = StrictBody.Read(
            request,
            new BodyField("usageParameters", "UsageParameters", IsUsage),
            BodyField.Text("contentType", value => contentType = value),
            BodyField.Text("hiringContext", value => contract = value),
            new BodyField("blobTtl", "Timespan", value => BlobTtl.TryRead(value, out ttl)) { IsRequired = false }
        );
        linkRequest = new(contentType, ttl);
        if (problem is not null)
            return problem;
        if (!ContentTypes.Contains(contentType))
            return $"ERROR :: /contentType :: '{contentType}' is not one of {string.Join(", ", ContentTypes)}";
        return EmulatedContractUrn.Parse(contract) is null
            ? $"ERROR :: /hiringContext :: '{contract}' cannot be coerced to ContractUrn: expected urn:li:contract:{{id}}"
            : null;
    }

    private static bool IsUsage(JsonElement json) =>
        StrictBody.Read(json, "", [new BodyField(Usage, "TcrmResumeParameters", IsEmptyObject)]) is null;

    private static bool IsEmptyObject(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && !json.EnumerateObject().Any();
}
