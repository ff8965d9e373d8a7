namespace LinkedInExports.Core.IO;

/// <summary>
/// Returns bytes that were already read from a stream, and then the rest of the stream, which it does not dispose.
/// </summary>
internal sealed class PrefixedStream(byte[] before, Stream stream) : ReadOnlyStream
{
    private int _position;

    public override int Read(byte[] buffer, int offset, int count) =>
        _position < before.Length ? ReadPrefix(buffer.AsSpan(offset, count)) : stream.Read(buffer, offset, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _position < before.Length
            ? Task.FromResult(ReadPrefix(buffer.AsSpan(offset, count)))
            : stream.ReadAsync(buffer, offset, count, cancellationToken);

#if NET
    public override int Read(Span<byte> buffer) => _position < before.Length ? ReadPrefix(buffer) : stream.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _position < before.Length ? new ValueTask<int>(ReadPrefix(buffer.Span)) : stream.ReadAsync(buffer, cancellationToken);
#endif

    private int ReadPrefix(Span<byte> target)
    {
        int length = Math.Min(target.Length, before.Length - _position);
        before.AsSpan(_position, length).CopyTo(target);
        _position += length;
        return length;
    }
}
