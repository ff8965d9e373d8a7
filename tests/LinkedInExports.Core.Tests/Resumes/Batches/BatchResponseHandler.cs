using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace LinkedInExports.Core.Tests.Resumes.Batches;

/// <summary>The emulator's network with responses to batches that a test creates byte by byte.</summary>
internal static class BatchResponseHandler
{
    /// <summary>Sends each batch to the emulator, and replaces its response.</summary>
    /// <param name="answer">Creates a response from the keys in the body of a batch.</param>
    internal static TamperingHandler Create(Func<IReadOnlyList<string>, byte[]> answer) =>
        new(
            (request, body) =>
                request.RequestUri!.AbsolutePath.EndsWith("/tcrmCandidateResumes", StringComparison.Ordinal) && body.Length > 0
                    ? Json(answer(Keys(body)))
                    : null
        );

    /// <summary>Creates a response of success for each key.</summary>
    /// <param name="keys">The keys among the results.</param>
    /// <param name="errors">The errors as JSON.</param>
    internal static byte[] Answer(IEnumerable<string> keys, string errors = "") =>
        Bytes(
            "{\"errors\":{"
                + errors
                + "},\"results\":{"
                + string.Join(",", keys.Select(key => $"\"{key}\":{{\"status\":204}}"))
                + "}}"
        );

    /// <summary>Gets the keys of a batch, tunneled or not.</summary>
    internal static IReadOnlyList<string> Keys(string body)
    {
        int start = body.IndexOf("{\"entities\"", StringComparison.Ordinal);
        using var json = JsonDocument.Parse(body[start..(body.LastIndexOf('}') + 1)]);
        return [.. json.RootElement.GetProperty("entities").EnumerateObject().Select(entity => entity.Name)];
    }

    /// <summary>UTF-8, except that each U+0001 becomes an invalid byte.</summary>
    internal static byte[] Bytes(string text) =>
        Array.ConvertAll(Encoding.UTF8.GetBytes(text), unit => unit == 1 ? (byte)0xFF : unit);

    private static HttpResponseMessage Json(byte[] body)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return response;
    }
}
