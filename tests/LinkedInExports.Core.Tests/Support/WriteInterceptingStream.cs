namespace LinkedInExports.Core.Tests.Support;

/// <summary>A file stream that calls methods before and after each step.</summary>
internal abstract class WriteInterceptingStream(Stream real) : Stream
{
    internal Stream Real { get; } = real;

    public override bool CanRead => Real.CanRead;

    public override bool CanSeek => Real.CanSeek;

    public override bool CanWrite => Real.CanWrite;

    public override long Length => Real.Length;

    public override long Position
    {
        get => Real.Position;
        set => Real.Position = value;
    }

    /// <summary>Runs before a step; may throw to prevent it.</summary>
    /// <param name="operation">Write or SetLength.</param>
    /// <param name="bytes">The number of bytes to write.</param>
    protected abstract void Before(string operation, int bytes);

    /// <summary>Runs after a step; may throw.</summary>
    protected virtual void After() { }

    public override void Flush() => Real.Flush();

    public override int Read(byte[] buffer, int offset, int count) => Real.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => Real.Seek(offset, origin);

    public override void SetLength(long value)
    {
        Before("SetLength", 0);
        Real.SetLength(value);
        After();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Before("Write", count);
        Real.Write(buffer, offset, count);
        After();
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Before("Write", count);
        await Real.WriteAsync(buffer.AsMemory(offset, count), cancellationToken);
        After();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Before("Write", buffer.Length);
        await Real.WriteAsync(buffer, cancellationToken);
        After();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Real.Dispose();
        base.Dispose(disposing);
    }
}
