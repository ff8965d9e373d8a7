namespace LinkedInExports.Core.Tests.Support;

/// <summary>A stream that returns its bytes in pieces of the given sizes, repeatedly.</summary>
internal sealed class PiecewiseStream(byte[] bytes, int[] sizes) : MemoryStream(bytes)
{
    private int _reads;

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, Next()));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, Next())]);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    private int Next() => sizes[_reads++ % sizes.Length];
}
