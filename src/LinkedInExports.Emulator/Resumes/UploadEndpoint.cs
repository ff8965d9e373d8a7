using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>The blob store that accepts uploads, which is the service that serves downloads.</summary>
internal sealed class UploadEndpoint(
    UploadLinks links,
    BlobStore blobs,
    AccessTokens tokens,
    Func<EmulatorResponse?> admit,
    EmulatorOptions options
) : IRequestCheck
{
    private const string FileNameParameter = "x-ambry-filename";

    public static readonly string[] Parameters = [DownloadEndpoint.SignatureParameter, FileNameParameter];

    public IEnumerable<Operation> Operations =>
        [new(HttpMethods.Post, DownloadEndpoint.Path, this, Upload) { DigestsBody = true }];

    // Unlike downloads, uploads are documented without a protocol version.
    public EmulatorResponse? Check(EmulatorRequest request) =>
        BearerAuthentication.Check(request, tokens.GetState) is null ? admit() : DownloadEndpoint.CreateUnauthorizedError();

    private EmulatorResponse Upload(EmulatorRequest request)
    {
        if (
            RawQuery.ReadAll(request.Query, Parameters, out Dictionary<string, string> query, PercentEncoding.UriComponent) is
            { } badQuery
        )
        {
            return EmulatorResponse.Text(400, $"Bad Request: {badQuery}\n");
        }

        if (Parameters.FirstOrDefault(name => query.GetValueOrDefault(name, "").Length == 0) is { } missing)
            return EmulatorResponse.Text(400, $"Bad Request: {missing}\n");

        string signature = query[DownloadEndpoint.SignatureParameter];
        BodyDigest body = request.Digest!;
        if (CreateRejection(links.GetState(signature)) is { } refusal)
            return refusal;
        if (body.Length > options.MaxUploadBytes)
            return EmulatorResponse.Text(413, "Payload Too Large\n");
        if (body.Length == 0)
            return EmulatorResponse.Text(400, "Bad Request: empty body\n");

        // Another upload may have used the link in the meantime.
        if (links.TryUse(signature) is not { } linkRequest)
            return CreateRejection(links.GetState(signature)) ?? CreateForbiddenError();
        string? sentType = request.Headers.ContentType.Count == 0 ? null : request.Headers.ContentType.ToString();
        Blob blob = blobs.Add(body, query[FileNameParameter], linkRequest, sentType);
        return new EmulatorResponse(201)
            .With("Cache-Control", "no-cache, no-store")
            .With("Pragma", "no-cache")
            .With("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")
            .With("Location", blob.Location);
    }

    private static EmulatorResponse? CreateRejection(UploadLinkState state) =>
        state switch
        {
            UploadLinkState.Fresh => null,
            UploadLinkState.Used => CreateForbiddenError(),
            _ => DownloadEndpoint.CreateUnauthorizedError(),
        };

    private static EmulatorResponse CreateForbiddenError() => EmulatorResponse.Text(403, "Forbidden\n");
}
