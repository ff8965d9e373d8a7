namespace LinkedInExports.Core.Http;

/// <summary>A decoded body, which is damaged where its encoded bytes end too early.</summary>
/// <param name="decoder">Decodes; disposed together with this stream.</param>
/// <param name="source">What it reads.</param>
internal sealed class DecodedStream(Stream decoder, EncodedSource source) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The encoded bytes are damaged, or end too early.</exception>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <exception cref="InvalidDataException">The encoded bytes are damaged, or end too early.</exception>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            return Validate(await decoder.ReadCancellableAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false), count);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw new InvalidDataException(exception.Message, exception); // Of br.
        }
    }

#if NET
    /// <exception cref="InvalidDataException">The encoded bytes are damaged, or end too early.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Validate(await decoder.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }
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
            decoder.Dispose();
        base.Dispose(disposing);
    }

    private int Validate(int read, int count) =>
        read == 0 && count > 0 && source.IsTruncated ? throw new InvalidDataException("The compressed data ends too early.") : read;
}
