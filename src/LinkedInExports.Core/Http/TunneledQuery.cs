using System.Net.Http.Headers;
using System.Text;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Sends a query in the body of a request, because LinkedIn accepts queries of up to 4 KB only
/// (https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/query-tunneling).
/// </summary>
internal static class TunneledQuery
{
    /// <summary>Creates a form with the query, or <c>multipart/mixed</c> content with the query and a body.</summary>
    internal static HttpContent CreateContent(string query, byte[]? json)
    {
        if (json is null)
        {
            var form = new ByteArrayContent(Encoding.UTF8.GetBytes(query));
            form.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            return form;
        }

        string boundary = CreateBoundary(query, json);
        byte[] head = Encoding.ASCII.GetBytes(
            $"--{boundary}\r\nContent-Type: "
                + $"application/x-www-form-urlencoded\r\n\r\n{query}\r\n--{boundary}\r\nContent-Type: application/json\r\n\r\n"
        );
        byte[] tail = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        var body = new byte[head.Length + json.Length + tail.Length];
        head.CopyTo(body, 0);
        json.CopyTo(body, head.Length);
        tail.CopyTo(body, head.Length + json.Length);

        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/mixed; boundary={boundary}");
        return content;
    }

    /// <summary>
    /// Creates a boundary that neither part contains. It is the same for the same batch, so that all attempts send the same
    /// bytes.
    /// </summary>
    private static string CreateBoundary(string query, byte[] json)
    {
        string text = Encoding.UTF8.GetString(json);
        for (int number = 1; ; number++)
        {
            string boundary = $"LinkedInExports-{number}";
            if (query.IndexOf(boundary, StringComparison.Ordinal) < 0 && text.IndexOf(boundary, StringComparison.Ordinal) < 0)
                return boundary;
        }
    }
}
