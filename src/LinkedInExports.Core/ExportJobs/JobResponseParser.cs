using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Parses responses about jobs. Errors do not quote the response, because download links are secrets.</summary>
internal static class JobResponseParser
{
    internal static T Parse<T>(ArraySegment<byte> json, JsonTypeInfo<T> type, LinkedInRequest request)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json.AsSpan(), type) ?? throw CreateUnexpectedError(request, "the response is empty");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException or ArgumentException or FormatException)
        {
            // The message of the exception may quote the body.
            string where = exception is JsonException { Path: { Length: > 1 } path } ? $" at {path}" : "";
            throw CreateUnexpectedError(request, $"the response is not the JSON that LinkedIn documents{where}");
        }
    }

    internal static DateTimeOffset? ParseTime(long? milliseconds, LinkedInRequest request) =>
        milliseconds is not { } value ? null
        : EpochMilliseconds.IsInRange(value) ? DateTimeOffset.FromUnixTimeMilliseconds(value)
        : throw CreateUnexpectedError(request, "a time in the response is out of range");

    /// <summary>
    /// Gets the time of a response by LinkedIn's clock; null where the <c>Date</c> header is missing or implausible.
    /// </summary>
    internal static DateTimeOffset? GetCreatedAt(HttpResponseMessage response) =>
        response.Headers.Date is { UtcDateTime.Year: >= 2000 and <= 2200 } date ? date : null;

    internal static IReadOnlyList<SignedUrl> ParseDownloadUrls(string[] texts, LinkedInRequest request) =>
        Array.ConvertAll(
            texts,
            text => Uri.TryCreate(text, UriKind.Absolute, out Uri? link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
                ? new SignedUrl(link)
                : throw CreateUnexpectedError(request, "a download link in the response is not a web address"));

    internal static LinkedInException CreateUnexpectedError(LinkedInRequest request, string what) =>
        new(LinkedInErrorId.UnexpectedResponse, $"Could not {request.Description}: {what}.") { Target = request.Target };
}
