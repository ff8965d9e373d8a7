using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Exports;

/// <summary>Reads what LinkedIn says of a job, and says what is wrong with it without repeating it: links are secrets.</summary>
internal static class JobBody
{
    internal static T Parse<T>(ArraySegment<byte> json, JsonTypeInfo<T> type, LinkedInRequest request)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json.AsSpan(), type) ?? throw Unexpected(request, "it is empty");
        }
        catch (JsonException exception)
        {
            // The exception's own text may quote the body.
            string where = exception.Path is { Length: > 1 } path ? $" at {path}" : "";
            throw Unexpected(request, $"it is not the JSON that LinkedIn documents{where}");
        }
    }

    internal static DateTimeOffset? Time(long? milliseconds, LinkedInRequest request) =>
        milliseconds is not { } value ? null
        : EpochMilliseconds.IsInRange(value) ? DateTimeOffset.FromUnixTimeMilliseconds(value)
        : throw Unexpected(request, "a time in it is out of range");

    internal static IReadOnlyList<SignedUrl> Links(string[] texts, LinkedInRequest request) =>
        Array.ConvertAll(
            texts,
            text => Uri.TryCreate(text, UriKind.Absolute, out Uri? link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
                ? new SignedUrl(link)
                : throw Unexpected(request, "a download link in it is not a web address"));

    internal static LinkedInException Unexpected(LinkedInRequest request, string what) =>
        new(LinkedInErrorId.UnexpectedResponse, $"Could not {request.Purpose}: LinkedIn answered, but {what}.") { Target = request.Target };
}
