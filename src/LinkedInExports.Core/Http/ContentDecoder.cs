using System.IO.Compression;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Decodes bodies that a server compressed although the request does not accept encodings (RFC 9110, 8.4): gzip, deflate and,
/// except in Windows PowerShell, br.
/// </summary>
internal static class ContentDecoder
{
    /// <summary>Gets the codings of a response, the outermost last; empty for a body that is not encoded.</summary>
    internal static string[] GetCodings(HttpResponseMessage response) =>
        [
            .. response
                .Content.Headers.ContentEncoding.Select(coding => coding.Trim().ToLowerInvariant())
                .Where(coding => coding is not ("" or "identity")),
        ];

    /// <summary>Opens the decoded body.</summary>
    /// <param name="body">The encoded body. It is disposed together with the result.</param>
    /// <param name="response">The response of the body.</param>
    /// <param name="request">The request, for messages.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.UnsupportedEncoding"/>: a coding is not
    /// supported.</exception>
    internal static Stream Open(Stream body, HttpResponseMessage response, LinkedInRequest request)
    {
        string[] codings = GetCodings(response);
        return TryOpen(body, codings)
            ?? throw CreateUnsupportedError(Array.FindLast(codings, coding => !IsSupported(coding))!, request);
    }

    /// <summary>Opens the decoded body, or returns null if a coding is not supported.</summary>
    internal static Stream? TryOpen(Stream body, string[] codings)
    {
        if (!Array.TrueForAll(codings, IsSupported))
            return null;
        foreach (string coding in Enumerable.Reverse(codings))
        {
            var source = new EncodedSource(body, isGzip: coding is "gzip" or "x-gzip");
            Stream decoder = coding switch
            {
                "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
#if NET
                "br" => new BrotliStream(source, CompressionMode.Decompress),
#endif
                _ => new ZLibOrDeflateStream(source),
            };
            body = new DecodedStream(decoder, source);
        }

        return body;
    }

    private static bool IsSupported(string coding) =>
#if NET
        coding is "gzip" or "x-gzip" or "deflate" or "br";
#else
        coding is "gzip" or "x-gzip" or "deflate";
#endif

    /// <summary>Creates the error of a body that cannot be decoded.</summary>
    internal static LinkedInException CreateCorruptError(InvalidDataException exception, LinkedInRequest request) =>
        new(
            LinkedInErrorId.UnsupportedEncoding,
            $"Could not {request.Description}: the compressed body is damaged. {exception.Message}",
            exception
        )
        {
            IsTransient = true,
            Target = request.Target,
        };

    private static LinkedInException CreateUnsupportedError(string coding, LinkedInRequest request) =>
        new(
            LinkedInErrorId.UnsupportedEncoding,
            $"Could not {request.Description}: the server sent the body with the content encoding '{coding}', which is not "
                + "supported."
        )
        {
            Target = request.Target,
        };
}
