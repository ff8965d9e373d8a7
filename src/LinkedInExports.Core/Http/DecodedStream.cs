using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Http;

/// <summary>A decoded body. Reading fails if the encoded bytes end too early.</summary>
/// <param name="decoder">The decoder. It is disposed together with this stream.</param>
/// <param name="source">The encoded bytes that the decoder reads.</param>
internal sealed class DecodedStream(Stream decoder, EncodedSource source) : ReadOnlyStream
{
    /// <exception cref="InvalidDataException">The encoded bytes are damaged, or end too early.</exception>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <exception cref="InvalidDataException">The encoded bytes are damaged, or end too early.</exception>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            return Validate(
                await decoder.ReadCancellableAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false),
                count
            );
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            // BrotliStream throws this exception for data that is not Brotli.
            throw new InvalidDataException(exception.Message, exception);
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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            decoder.Dispose();
        base.Dispose(disposing);
    }

    private int Validate(int read, int count) =>
        read == 0 && count > 0 && source.IsTruncated
            ? throw new InvalidDataException("The compressed data ends too early.")
            : read;
}
