using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Http;

/// <summary>Reads response bodies up to a maximum length.</summary>
internal static class BoundedBodyReader
{
    internal const int MaxLength = 4 * 1024 * 1024;

    /// <summary>Reads the decoded body, or returns null if it is larger than <see cref="MaxLength"/>.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.UnsupportedEncoding"/>.</exception>
    internal static async Task<ArraySegment<byte>?> ReadAsync(
        HttpResponseMessage response,
        LinkedInRequest request,
        CancellationToken cancellationToken
    )
    {
        using Stream body = ContentDecoder.Open(
            await ResponseBody.OpenAsync(response, cancellationToken).ConfigureAwait(false),
            response,
            request
        );
        var buffer = new byte[16 * 1024];
        int length = 0;
        while (true)
        {
            int read = await body.ReadCancellableAsync(buffer, length, buffer.Length - length, cancellationToken)
                .ConfigureAwait(false);
            if (read == 0)
                return new ArraySegment<byte>(buffer, 0, length);
            length += read;
            if (length == MaxLength)
                return null;
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(buffer.Length * 4, MaxLength));
        }
    }
}
