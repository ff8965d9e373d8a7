using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Incidents;

/// <summary>The body of a response, whose bytes are reduced and recorded while they are read.</summary>
internal sealed class RecordedStream(Stream body, ExchangeRecorder recorder) : ReadOnlyStream
{
    public override int Read(byte[] buffer, int offset, int count)
    {
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

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            int read = await body.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            return Record(read, buffer.AsSpan(offset, count));
        }
        catch (Exception exception)
        {
            recorder.Fail(exception);
            throw;
        }
    }

#if NET
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Record(await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Span);
        }
        catch (Exception exception)
        {
            recorder.Fail(exception);
            throw;
        }
    }
#endif

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            recorder.Complete(isRead: false);
            body.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Record(int read, ReadOnlySpan<byte> buffer)
    {
        if (read > 0)
            recorder.Append(buffer.Slice(0, read));
        else if (buffer.Length > 0)
            recorder.Complete(isRead: true);
        return read;
    }
}
