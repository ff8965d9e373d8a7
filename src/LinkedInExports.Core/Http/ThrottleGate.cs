using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Http;

/// <summary>Delays all requests of a connection after a 429 response.</summary>
internal sealed class ThrottleGate(TimeProvider time)
{
    private readonly object _gate = new();
    private long _startedAt; // A monotonic timestamp.
    private TimeSpan _delay;

    internal void Throttle(TimeSpan delay)
    {
        lock (_gate)
        {
            if (delay > GetRemainingCore())
                (_startedAt, _delay) = (time.GetTimestamp(), delay);
        }
    }

    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (GetRemaining() is { } remaining && remaining > TimeSpan.Zero)
        {
            await ThrottledWait
                .RunAsync(ThrottleReason.TooManyRequests, time.DelayAsync(remaining, cancellationToken))
                .ConfigureAwait(false);
        }
    }

    private TimeSpan GetRemaining()
    {
        lock (_gate)
            return GetRemainingCore();
    }

    private TimeSpan GetRemainingCore() => _delay - time.GetElapsedTime(_startedAt);
}
