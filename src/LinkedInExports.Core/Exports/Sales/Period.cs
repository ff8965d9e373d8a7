using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Exports.Sales;

/// <summary>A period of time, with its end as LinkedIn means it: the last millisecond that belongs to it.</summary>
/// <param name="StartAt">The first instant.</param>
/// <param name="EndAt">The last instant.</param>
public sealed record Period(DateTimeOffset StartAt, DateTimeOffset EndAt)
{
    /// <summary>The longest period that LinkedIn exports in one job.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>How often LinkedIn renews its data.</summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromHours(24);

    /// <summary>Shorter ones are not halved: that much in an hour is not a matter of its length.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>Whether it begins and ends with a day, UTC.</summary>
    public bool IsWholeDays => StartAt.UtcDateTime.TimeOfDay == TimeSpan.Zero && Next.UtcDateTime.TimeOfDay == TimeSpan.Zero;

    /// <summary>Whether it can be halved.</summary>
    public bool CanBeHalved => EndAt - StartAt >= Shortest;

    private DateTimeOffset Next => EndAt.AddSaturating(Millisecond);

    /// <summary>
    /// The period that a user means. An end at midnight UTC is where the next day begins, so it does not belong to the
    /// period: days in a row then neither overlap nor leave a gap.
    /// </summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidPeriod"/>.</exception>
    public static Period Of(DateTimeOffset startAt, DateTimeOffset endAt, DateTimeOffset now)
    {
        DateTimeOffset start = WholeMilliseconds(startAt);
        DateTimeOffset end = LastInstant(endAt);
        return end < start ? throw Invalid($"The period ends ({endAt:u}) before it begins ({startAt:u}).")
            : start > now ? throw Invalid($"The period begins in the future ({startAt:u}).")
            : new Period(start, end);
    }

    /// <summary>
    /// The period from an instant to the end that a user means, or to the last whole day, UTC, that LinkedIn surely has if
    /// that is earlier; null when there is nothing in between.
    /// </summary>
    internal static Period? UpTo(DateTimeOffset startAt, DateTimeOffset? endAt, DateTimeOffset now, ICommandOutput messages)
    {
        DateTimeOffset sure = SureThrough(now);
        DateTimeOffset end = endAt is { } given ? LastInstant(given) : sure;
        if (end > sure)
        {
            messages.Verbose($"LinkedIn may not have all data after {sure.UtcDateTime:u} yet, so the export ends there; the rest comes with a later run.");
            end = sure;
        }

        return end < startAt ? null : new Period(startAt, end);
    }

    /// <summary>The end of the last whole day, UTC, of which LinkedIn surely has all.</summary>
    internal static DateTimeOffset SureThrough(DateTimeOffset now) =>
        new DateTimeOffset(now.SubtractSaturating(Refresh).UtcDateTime.Date, TimeSpan.Zero).SubtractSaturating(Millisecond);

    /// <summary>Whether LinkedIn may not have all of it yet.</summary>
    public bool IsRecent(DateTimeOffset now) => EndAt > now.SubtractSaturating(Refresh);

    /// <summary>Slices of at most 90 days that neither overlap nor leave a gap.</summary>
    public IEnumerable<Period> Slices()
    {
        DateTimeOffset start = StartAt;
        while (start <= EndAt)
        {
            DateTimeOffset next = start.AddSaturating(Longest);
            if (next >= Next)
            {
                yield return this with { StartAt = start };
                yield break;
            }

            yield return new Period(start, next - Millisecond);
            start = next;
        }
    }

    /// <summary>Two halves that neither overlap nor leave a gap, at midnight UTC if the period has two days.</summary>
    public (Period First, Period Second) Halves()
    {
        DateTimeOffset middle = StartAt + TimeSpan.FromTicks((Next - StartAt).Ticks / 2);
        DateTimeOffset midnight = new(middle.UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset cut = midnight > StartAt ? midnight : WholeMilliseconds(middle);
        return (new Period(StartAt, cut - Millisecond), new Period(cut, EndAt));
    }

    private static DateTimeOffset LastInstant(DateTimeOffset endAt)
    {
        DateTimeOffset end = WholeMilliseconds(endAt);
        return end.TimeOfDay == TimeSpan.Zero ? end.SubtractSaturating(Millisecond) : end;
    }

    private static DateTimeOffset WholeMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private static LinkedInException Invalid(string message) => new(LinkedInErrorId.InvalidPeriod, message);
}
