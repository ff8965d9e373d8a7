using System.IO.Compression;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Decodes bodies that a server compressed although nothing asked it to (RFC 9110, 8.4): gzip, deflate and, except in Windows
/// PowerShell, br.
/// </summary>
internal static class ContentDecoder
{
    /// <summary>The codings of a response, outermost last; empty for a body that is sent as it is.</summary>
    internal static string[] GetCodings(HttpResponseMessage response) =>
        [
            .. response
                .Content.Headers.ContentEncoding.Select(coding => coding.Trim().ToLowerInvariant())
                .Where(coding => coding is not ("" or "identity")),
        ];

    /// <summary>Opens a body decoded.</summary>
    /// <param name="body">The body as it is sent; disposed together with the result.</param>
    /// <param name="response">The response it belongs to.</param>
    /// <param name="request">The request, for messages.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.UnsupportedEncoding"/>: a coding is not
    /// supported.</exception>
    internal static Stream Open(Stream body, HttpResponseMessage response, LinkedInRequest request)
    {
        foreach (string coding in Enumerable.Reverse(GetCodings(response)))
        {
            var source = new EncodedSource(body, isGzip: coding is "gzip" or "x-gzip");
            Stream decoder = coding switch
            {
                "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
                "deflate" => new ZLibOrDeflateStream(source),
#if NET
                "br" => new BrotliStream(source, CompressionMode.Decompress),
#endif
                _ => throw CreateUnsupportedError(coding, request),
            };
            body = new DecodedStream(decoder, source);
        }

        return body;
    }

    /// <summary>The error of a body that cannot be decoded.</summary>
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
