namespace LinkedInExports.Core.Http.Limits;

/// <summary>
/// The time at LinkedIn, learnt from the <c>Date</c> of its answers: its days are the ones that count. Never ahead of it,
/// because a <c>Date</c> is cut to the second and the answer took its time.
/// </summary>
internal sealed class ServerClock(TimeProvider time)
{
    private long _offset;

    internal DateTimeOffset Now => time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>The number of the current day since 1970-01-01, UTC.</summary>
    internal long Day => DayOf(Now);

    internal void Learn(DateTimeOffset? date)
    {
        if (date is { } known)
            Interlocked.Exchange(ref _offset, (known - time.GetUtcNow()).Ticks);
    }

    internal static long DayOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 86_400;

    internal static DateTimeOffset StartOf(long day) => DateTimeOffset.FromUnixTimeSeconds(day * 86_400);
}
