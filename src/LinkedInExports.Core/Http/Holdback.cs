namespace LinkedInExports.Core.Http;

/// <summary>Holds back every worker of a connection after LinkedIn said "too many": one that goes on would only prolong it.</summary>
internal sealed class Holdback(TimeProvider time)
{
    private readonly object _gate = new();
    private long _since; // By the clock that nobody sets.
    private TimeSpan _delay;

    internal void Hold(TimeSpan delay)
    {
        lock (_gate)
        {
            if (delay > Left())
                (_since, _delay) = (time.GetTimestamp(), delay);
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
            return Left();
    }

    private TimeSpan Left() => _delay - time.GetElapsedTime(_since);
}
