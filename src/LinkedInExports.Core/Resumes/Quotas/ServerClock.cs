namespace LinkedInExports.Core.Resumes.Quotas;

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

    /// <summary>The date of a response; null where it has none, or one that no clock in use could show.</summary>
    internal static DateTimeOffset? DateOf(HttpResponseMessage response) =>
        response.Headers.Date is { Year: > 1990 and < 2200 } date ? date : null;

    internal static long DayOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 86_400;

    /// <summary>When a day begins; the last moment of the calendar for a day after it.</summary>
    internal static DateTimeOffset StartOf(long day) =>
        day > DayOf(DateTimeOffset.MaxValue) ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeSeconds(day * 86_400);
}
