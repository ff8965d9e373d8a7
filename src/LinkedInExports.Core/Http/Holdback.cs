namespace LinkedInExports.Core.Http;

/// <summary>Holds back every worker of a connection after LinkedIn said "too many": one that goes on would only prolong it.</summary>
internal sealed class Holdback(TimeProvider time)
{
    private readonly object _gate = new();
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    internal void Hold(TimeSpan delay)
    {
        lock (_gate)
        {
            DateTimeOffset until = time.GetUtcNow() + delay;
            if (until > _until)
                _until = until;
        }
    }

    internal async Task WaitAsync(CancellationToken cancellation)
    {
        while (Remaining() is { } remaining && remaining > TimeSpan.Zero)
            await time.Delay(remaining, cancellation).ConfigureAwait(false);
    }

    private TimeSpan Remaining()
    {
        lock (_gate)
            return _until - time.GetUtcNow();
    }
}
