using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Incidents;

/// <summary>The body of a response, whose bytes are reduced and recorded while they are read.</summary>
internal sealed class RecordedStream(Stream body, ExchangeRecorder recorder) : ReadOnlyStream
{
    private volatile bool _isReading;

    public override int Read(byte[] buffer, int offset, int count)
    {
        _isReading = true;
        try
        {
            return Record(body.Read(buffer, offset, count), buffer.AsSpan(offset, count));
        }
        catch (Exception exception)
        {
            recorder.Fail(exception);
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        RecordAsync(
                () => new ValueTask<int>(body.ReadAsync(buffer, offset, count, cancellationToken)),
                buffer.AsMemory(offset, count)
            )
            .AsTask();

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        RecordAsync(() => body.ReadAsync(buffer, cancellationToken), buffer);
#endif

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // .NET Framework ends a read that takes too long by closing the body: no more bytes are known than were read.
            recorder.Complete(isRead: _isReading);
            body.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> RecordAsync(Func<ValueTask<int>> readAsync, Memory<byte> buffer)
    {
        _isReading = true;
        try
        {
            return Record(await readAsync().ConfigureAwait(false), buffer.Span);
        }
        catch (Exception exception)
        {
            recorder.Fail(exception);
            throw;
        }
    }

    private int Record(int read, ReadOnlySpan<byte> buffer)
    {
        if (read > 0)
            recorder.Append(buffer.Slice(0, read));
        else if (buffer.Length > 0)
            recorder.Complete(isRead: true);
        _isReading = false;
        return read;
    }
}
