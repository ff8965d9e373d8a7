using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Http;

/// <summary>
/// A stream of the encoded bytes for a decoder. It detects that the decoder needs more bytes than there are, because the
/// decoders of .NET accept truncated data.
/// </summary>
/// <param name="body">The encoded bytes. The stream is disposed together with this one.</param>
/// <param name="isGzip">
/// Whether the coding is gzip, whose decoder looks for another member after the last one. It then gets one byte that does not
/// start a member, and only a decoder in the middle of a member reads again.
/// </param>
internal sealed class EncodedSource(Stream body, bool isGzip) : ReadOnlyStream
{
    private bool _hasProbed = !isGzip;

    /// <summary>Whether the decoder needed more bytes than there are.</summary>
    internal bool IsTruncated { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) =>
        body.Read(buffer, offset, count) is > 0 and var read ? read : HandleEnd(buffer.AsSpan(offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await body.ReadCancellableAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false) is > 0 and var read
            ? read
            : HandleEnd(buffer.AsSpan(offset, count));

#if NET
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read ? read : HandleEnd(buffer.Span);
#endif

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }

    private int HandleEnd(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_hasProbed)
        {
            IsTruncated = true;
            return 0;
        }

        _hasProbed = true;
        buffer[0] = 0;
        return 1;
    }
}
