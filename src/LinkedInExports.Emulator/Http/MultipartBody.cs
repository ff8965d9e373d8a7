using System.Net.Http.Headers;
using System.Text;

namespace LinkedInExports.Emulator.Http;

/// <summary>Parses a multipart body strictly (RFC 2046): CRLF line endings, and no text around the parts.</summary>
internal static class MultipartBody
{
    private const int MaxBoundaryLength = 70;

    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? Read(string contentType, string mediaType, byte[] body, out IReadOnlyList<Part> parts)
    {
        parts = [];
        if (
            !MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            || !string.Equals(type.MediaType, mediaType, StringComparison.OrdinalIgnoreCase)
        )
        {
            return $"Content-Type must be {mediaType}";
        }

        string boundary = type.Parameters.FirstOrDefault(parameter => parameter.Name == "boundary")?.Value?.Trim('"') ?? "";
        if (boundary.Length is 0 or > MaxBoundaryLength)
            return "the boundary is missing or too long";
        return Read(body, Encoding.ASCII.GetBytes($"--{boundary}"), out parts);
    }

    private static string? Read(ReadOnlyMemory<byte> body, byte[] delimiter, out IReadOnlyList<Part> parts)
    {
        List<Part> found = [];
        parts = found;
        if (!body.Span.StartsWith(delimiter))
            return "the body does not start with the boundary";

        ReadOnlyMemory<byte> rest = body[delimiter.Length..];
        byte[] next = [.. "\r\n"u8, .. delimiter];
        while (!rest.Span.StartsWith("--"u8))
        {
            if (!rest.Span.StartsWith("\r\n"u8))
                return "a boundary is not followed by CRLF";
            int end = rest.Span[2..].IndexOf(next);
            if (end < 0)
                return "the last boundary is missing";
            if (ReadPart(rest.Slice(2, end), out Part part) is { } problem)
                return problem;
            found.Add(part);
            rest = rest[(2 + end + next.Length)..];
        }

        return rest.Span[2..].SequenceEqual("\r\n"u8) || rest.Length == 2 ? null : "something follows the last boundary";
    }

    private static string? ReadPart(ReadOnlyMemory<byte> bytes, out Part part)
    {
        part = default;
        int headEnd = bytes.Span.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
            return "a part has no headers that end in an empty line (CRLF)";
        string head = Encoding.ASCII.GetString(bytes.Span[..headEnd]);
        string? contentType = null;
        foreach (string line in head.Split("\r\n"))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.Contains('\n', StringComparison.Ordinal))
                return "a header of a part is malformed";
            if (line[..colon].Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                contentType = line[(colon + 1)..].Trim();
        }

        part = new(contentType ?? "", bytes[(headEnd + 4)..]);
        return null;
    }

    /// <summary>A part, whose content is a slice of the body.</summary>
    internal readonly record struct Part(string ContentType, ReadOnlyMemory<byte> Content);
}
