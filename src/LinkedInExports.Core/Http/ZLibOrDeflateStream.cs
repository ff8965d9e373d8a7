using System.IO.Compression;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Decompresses the content coding <c>deflate</c>: zlib data according to the standard, or raw deflate data, which some servers
/// send. The first two bytes distinguish them.
/// </summary>
internal sealed class ZLibOrDeflateStream(Stream body) : ReadOnlyStream
{
    private const int ZLibHeaderLength = 2;

    private Stream? _decoded;

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        _decoded ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _decoded.ReadCancellableAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
    }

#if NET
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _decoded ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _decoded.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }
#endif

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoded?.Dispose();
            body.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var head = new byte[ZLibHeaderLength];
        int length = 0;
        while (
            length < ZLibHeaderLength
            && await body.ReadCancellableAsync(head, length, ZLibHeaderLength - length, cancellationToken).ConfigureAwait(false)
                is > 0
                    and var read
        )
        {
            length += read;
        }

        // RFC 1950: method 8 in the low bits, and the two bytes are a multiple of 31.
        bool isZLib = length == ZLibHeaderLength && (head[0] & 0x0F) == 8 && ((head[0] << 8) | head[1]) % 31 == 0;
        Stream rest = isZLib ? body : new PrefixedStream(head.AsSpan(0, length).ToArray(), body);
        return new DeflateStream(rest, CompressionMode.Decompress);
    }
}
