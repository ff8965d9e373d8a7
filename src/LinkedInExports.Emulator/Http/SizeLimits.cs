using System.Text;

namespace LinkedInExports.Emulator.Http;

/// <summary>LinkedIn's limits for URLs in bytes. Longer URLs return 414.</summary>
internal static class SizeLimits
{
    public const int Query = 4096;
    private const int PathSegment = 4096;
    private const int Url = 8192;
    private const int UrlAndHeaders = 28 * 1024;

    /// <summary>Returns an error, or <c>null</c>.</summary>
    public static EmulatorResponse? Check(EmulatorRequest request)
    {
        if (GetLength(request.Query) > Query)
            return CreateTooLongError($"the query has more than {Query} bytes");
        int url = GetLength(request.RawTarget);
        if (url > Url)
            return CreateTooLongError($"the URL has more than {Url} bytes");
        if (request.Path.Length > PathSegment && request.Path.Split('/').Any(segment => GetLength(segment) > PathSegment))
            return CreateTooLongError($"a segment of the path has more than {PathSegment} bytes");

        // Each header line has four more bytes: a colon, a space and the line ending.
        int headers = request.Headers.Sum(header =>
            header.Value.Sum(value => GetLength(header.Key) + GetLength(value ?? "") + 4)
        );
        return url + headers > UrlAndHeaders
            ? CreateTooLongError($"URL and headers have more than {UrlAndHeaders} bytes together")
            : null;
    }

    private static int GetLength(string text) => Encoding.UTF8.GetByteCount(text);

    private static EmulatorResponse CreateTooLongError(string reason) =>
        LinkedInError.Create(414, 0, $"Request-URI Too Long: {reason}");
}
