namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>
/// LinkedIn's time, from the <c>Date</c> header of its responses: quotas follow LinkedIn's days. It is never ahead, because
/// the header is truncated to the second and is older than the response.
/// </summary>
internal sealed class ServerClock(TimeProvider time)
{
    private long _offset;

    internal DateTimeOffset Now => time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>The number of the current day since 1970-01-01, UTC.</summary>
    internal long Day => GetDay(Now);

    internal void Synchronize(DateTimeOffset? date)
    {
        if (date is { } serverTime)
            Interlocked.Exchange(ref _offset, (serverTime - time.GetUtcNow()).Ticks);
    }

    internal static long GetDay(DateTimeOffset time) => time.ToUnixTimeSeconds() / 86_400;

    /// <summary>Gets the start of a day, or the end of the calendar for a later day.</summary>
    internal static DateTimeOffset GetStartOfDay(long day) =>
        day > GetDay(DateTimeOffset.MaxValue) ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeSeconds(day * 86_400);
}
