using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Reads what LinkedIn says of a job, and says what is wrong with it without repeating it: links are secrets.</summary>
internal static class JobResponseParser
{
    internal static T Parse<T>(ArraySegment<byte> json, JsonTypeInfo<T> type, LinkedInRequest request)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json.AsSpan(), type) ?? throw CreateUnexpectedError(request, "it is empty");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException or ArgumentException or FormatException)
        {
            // The exception's own text may quote the body.
            string where = exception is JsonException { Path: { Length: > 1 } path } ? $" at {path}" : "";
            throw CreateUnexpectedError(request, $"it is not the JSON that LinkedIn documents{where}");
        }
    }

    internal static DateTimeOffset? ParseTime(long? milliseconds, LinkedInRequest request) =>
        milliseconds is not { } value ? null
        : EpochMilliseconds.IsInRange(value) ? DateTimeOffset.FromUnixTimeMilliseconds(value)
        : throw CreateUnexpectedError(request, "a time in it is out of range");

    /// <summary>
    /// The time of an answer by LinkedIn's clock; null where it does not tell, or tells a time at which no server of LinkedIn's can have
    /// answered.
    /// </summary>
    internal static DateTimeOffset? GetCreatedAt(HttpResponseMessage response) =>
        response.Headers.Date is { UtcDateTime.Year: >= 2000 and <= 2200 } date ? date : null;

    internal static IReadOnlyList<SignedUrl> ParseDownloadUrls(string[] texts, LinkedInRequest request) =>
        Array.ConvertAll(
            texts,
            text => Uri.TryCreate(text, UriKind.Absolute, out Uri? link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
                ? new SignedUrl(link)
                : throw CreateUnexpectedError(request, "a download link in it is not a web address"));

    internal static LinkedInException CreateUnexpectedError(LinkedInRequest request, string what) =>
        new(LinkedInErrorId.UnexpectedResponse, $"Could not {request.Description}: LinkedIn answered, but {what}.") { Target = request.Target };
}
