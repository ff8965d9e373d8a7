using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>A period of time, with its end as LinkedIn means it: the last millisecond that belongs to it.</summary>
/// <param name="StartAt">The first instant.</param>
/// <param name="EndAt">The last instant.</param>
public sealed record Period(DateTimeOffset StartAt, DateTimeOffset EndAt)
{
    /// <summary>The longest period that LinkedIn exports in one job.</summary>
    private static readonly TimeSpan MaxLength = TimeSpan.FromDays(90);

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>How often LinkedIn renews its data.</summary>
    private static readonly TimeSpan DataDelay = TimeSpan.FromHours(24);

    /// <summary>
    /// The length of the shortest period that is split. LinkedIn limits a file to 3 GB, which half a day does not reach, and a
    /// server that rejects every period would otherwise get thousands of jobs.
    /// </summary>
    private static readonly TimeSpan MinSplitLength = TimeSpan.FromHours(12);

    /// <summary>Whether it begins and ends with a day, UTC.</summary>
    public bool IsWholeDays => StartAt.UtcDateTime.TimeOfDay == TimeSpan.Zero && Next.UtcDateTime.TimeOfDay == TimeSpan.Zero;

    /// <summary>Whether it can be halved.</summary>
    public bool CanSplit => EndAt - StartAt >= MinSplitLength;

    private DateTimeOffset Next => EndAt.AddSaturating(Millisecond);

    /// <summary>
    /// The period that a user means. An end at midnight UTC is where the next day begins, so it does not belong to the
    /// period: days in a row then neither overlap nor leave a gap.
    /// </summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidPeriod"/>.</exception>
    public static Period Create(DateTimeOffset startAt, DateTimeOffset endAt, DateTimeOffset now)
    {
        DateTimeOffset start = TruncateToMilliseconds(startAt);
        DateTimeOffset end = GetLastInstant(endAt);
        return end < start ? throw CreateInvalidError($"The period ends ({endAt:u}) before it begins ({startAt:u}).")
            : start > now ? throw CreateInvalidError($"The period begins in the future ({startAt:u}).")
            : new Period(start, end);
    }

    /// <summary>
    /// The period from an instant to the end that a user means, or to the last whole day, UTC, that LinkedIn surely has if
    /// that is earlier; null when there is nothing in between.
    /// </summary>
    internal static Period? Until(DateTimeOffset startAt, DateTimeOffset? endAt, DateTimeOffset now, IDiagnostics diagnostics)
    {
        DateTimeOffset sure = GetLastCompleteInstant(now);
        DateTimeOffset end = endAt is { } given ? GetLastInstant(given) : sure;
        if (end > sure)
        {
            diagnostics.Verbose(
                $"LinkedIn may not have all data after {sure.UtcDateTime:u} yet, so the export ends there; the rest comes "
                    + "with a later run."
            );
            end = sure;
        }

        return end < startAt ? null : new Period(startAt, end);
    }

    /// <summary>The end of the last whole day, UTC, of which LinkedIn surely has all.</summary>
    internal static DateTimeOffset GetLastCompleteInstant(DateTimeOffset now) =>
        new DateTimeOffset(now.SubtractSaturating(DataDelay).UtcDateTime.Date, TimeSpan.Zero).SubtractSaturating(Millisecond);

    /// <summary>Whether LinkedIn may not have all of it yet.</summary>
    public bool IsRecent(DateTimeOffset now) => EndAt > now.SubtractSaturating(DataDelay);

    /// <summary>Slices of at most 90 days that neither overlap nor leave a gap.</summary>
    public IEnumerable<Period> GetSlices()
    {
        DateTimeOffset start = StartAt;
        while (start <= EndAt)
        {
            DateTimeOffset next = start.AddSaturating(MaxLength);
            if (next >= Next)
            {
                yield return this with
                {
                    StartAt = start,
                };
                yield break;
            }

            yield return new Period(start, next - Millisecond);
            start = next;
        }
    }

    /// <summary>Two halves that neither overlap nor leave a gap, at midnight UTC if the period has two days.</summary>
    public (Period First, Period Second) Split()
    {
        DateTimeOffset middle = StartAt + TimeSpan.FromTicks((Next - StartAt).Ticks / 2);
        DateTimeOffset midnight = new(middle.UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset cut = midnight > StartAt ? midnight : TruncateToMilliseconds(middle);
        return (new Period(StartAt, cut - Millisecond), new Period(cut, EndAt));
    }

    private static DateTimeOffset GetLastInstant(DateTimeOffset endAt)
    {
        DateTimeOffset end = TruncateToMilliseconds(endAt);
        return end.TimeOfDay == TimeSpan.Zero ? end.SubtractSaturating(Millisecond) : end;
    }

    private static DateTimeOffset TruncateToMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private static LinkedInException CreateInvalidError(string message) => new(LinkedInErrorId.InvalidPeriod, message);
}
