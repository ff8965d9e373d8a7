namespace LinkedInExports.Core.Time;

/// <summary>
/// The time of day as it was when this began, and what has passed since: for waits, which a clock that is set right in the
/// middle must neither end nor draw out.
/// </summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _timestamp = time.GetTimestamp();

    internal DateTimeOffset Now => _start + time.GetElapsedTime(_timestamp);
}
