namespace LinkedInExports.Core.Time;

/// <summary>
/// A monotonic clock anchored at the wall-clock time of its creation, so that changes of the system clock neither shorten nor
/// extend waits.
/// </summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _timestamp = time.GetTimestamp();

    internal DateTimeOffset Now => _start + time.GetElapsedTime(_timestamp);
}
