namespace LinkedInExports.Emulator.Http;

/// <summary>Specifies what happens after the last byte of a body.</summary>
internal enum BodyEnd
{
    /// <summary>The body ends.</summary>
    Complete,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>Nothing more is received, and the connection stays open.</summary>
    Silent,
}

/// <summary>A body like one from a network: without a length, and possibly truncated.</summary>
/// <param name="bytes">The bytes that are received.</param>
/// <param name="end">What happens after them.</param>
/// <param name="announced">The announced length, or <c>null</c>.</param>
internal sealed class InMemoryBody(byte[] bytes, BodyEnd end, long? announced = null) : MemoryStream(bytes, writable: false)
{
    private bool _isLastBlock;

    /// <summary>Waits before the last bytes.</summary>
    public Func<CancellationToken, Task> LastBlock { get; init; } = _ => Task.CompletedTask;

    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position + buffer.Length >= Length && !_isLastBlock)
        {
            _isLastBlock = true;
            await LastBlock(cancellationToken);
        }

        int read = await base.ReadAsync(buffer, cancellationToken);
        if (read > 0 || buffer.Length == 0 || Length == announced)
            return read;
        if (end == BodyEnd.Silent)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        return end == BodyEnd.Complete
            ? 0
            : throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
}
