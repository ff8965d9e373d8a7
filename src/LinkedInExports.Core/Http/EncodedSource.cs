namespace LinkedInExports.Core.Http;

/// <summary>
/// The encoded bytes that a decoder reads. It notices a decoder that needs more of them than there are: the decoders of .NET
/// take data that ends too early for whole.
/// </summary>
/// <param name="body">The bytes; disposed together with this stream.</param>
/// <param name="isGzip">
/// Whether they are gzip, whose decoder looks for another member after the last one. It gets one byte that begins none: only a
/// decoder in the middle of a member asks once more.
/// </param>
internal sealed class EncodedSource(Stream body, bool isGzip) : Stream
{
    private bool _hasProbed = !isGzip;

    /// <summary>Whether the decoder needed more than there was.</summary>
    internal bool IsTruncated { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
