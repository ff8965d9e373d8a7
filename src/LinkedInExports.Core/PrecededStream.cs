namespace LinkedInExports.Core;

/// <summary>A stream with bytes before it that were read from it already. It does not dispose it.</summary>
internal sealed class PrecededStream(byte[] before, Stream stream) : ForwardStream
{
    private int _taken;

    public override int Read(byte[] buffer, int offset, int count) =>
        _taken < before.Length ? Take(buffer.AsSpan(offset, count)) : stream.Read(buffer, offset, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _taken < before.Length
            ? Task.FromResult(Take(buffer.AsSpan(offset, count)))
            : stream.ReadAsync(buffer, offset, count, cancellationToken);

#if NET
    public override int Read(Span<byte> buffer) => _taken < before.Length ? Take(buffer) : stream.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _taken < before.Length
            ? new ValueTask<int>(Take(buffer.Span))
            : stream.ReadAsync(buffer, cancellationToken);
#endif

    private int Take(Span<byte> target)
    {
        int length = Math.Min(target.Length, before.Length - _taken);
        before.AsSpan(_taken, length).CopyTo(target);
        _taken += length;
        return length;
    }
}
