using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>A closed period of time. As in LinkedIn's API, its end is its last millisecond.</summary>
/// <param name="StartAt">The first instant.</param>
/// <param name="EndAt">The last instant.</param>
public sealed record Period(DateTimeOffset StartAt, DateTimeOffset EndAt)
{
    /// <summary>The longest period that LinkedIn exports in one job.</summary>
    private static readonly TimeSpan MaxLength = TimeSpan.FromDays(90);

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>The time in which LinkedIn refreshes its data.</summary>
    private static readonly TimeSpan DataDelay = TimeSpan.FromHours(24);

    /// <summary>
    /// The length of the shortest period that is split. LinkedIn limits a file to 3 GB, which half a day does not reach, and a
    /// server that rejects every period would otherwise get thousands of jobs.
    /// </summary>
    private static readonly TimeSpan MinSplitLength = TimeSpan.FromHours(12);

    /// <summary>Whether it consists of complete UTC days.</summary>
    public bool IsWholeDays => StartAt.UtcDateTime.TimeOfDay == TimeSpan.Zero && Next.UtcDateTime.TimeOfDay == TimeSpan.Zero;

    /// <summary>Whether it can be split.</summary>
    public bool CanSplit => EndAt - StartAt >= MinSplitLength;

    private DateTimeOffset Next => EndAt.AddSaturating(Millisecond);

    /// <summary>
    /// Creates the period that a user specifies. An end at midnight UTC is exclusive, so that consecutive periods neither overlap
    /// nor leave a gap.
    /// </summary>
    /// <exception cref="LinkedInException">The period is invalid (<see cref="LinkedInErrorId.InvalidPeriod"/>).</exception>
    public static Period Create(DateTimeOffset startAt, DateTimeOffset endAt, DateTimeOffset now)
    {
        DateTimeOffset start = TruncateToMilliseconds(startAt);
        DateTimeOffset end = GetLastInstant(endAt);
        return end < start ? throw CreateInvalidError($"The period ends ({end:u}) before it begins ({start:u}).")
            : start > now ? throw CreateFutureError(startAt)
            : new Period(start, end);
    }

    /// <summary>Validates the start of an export whose end is not specified.</summary>
    /// <exception cref="LinkedInException">It is in the future (<see cref="LinkedInErrorId.InvalidPeriod"/>).</exception>
    public static void ValidateStart(DateTimeOffset startAt, DateTimeOffset now)
    {
        if (startAt > now)
            throw CreateFutureError(startAt);
    }

    /// <summary>
    /// Creates the period from an instant to the specified end, or to the end of the last complete UTC day if that is earlier.
    /// Returns null if the period is empty.
    /// </summary>
    internal static Period? Until(DateTimeOffset startAt, DateTimeOffset? endAt, DateTimeOffset now, IDiagnostics diagnostics)
    {
        DateTimeOffset sure = GetLastCompleteInstant(now);
        DateTimeOffset end = endAt is { } given ? GetLastInstant(given) : sure;
        if (end > sure)
        {
            diagnostics.Verbose(
                $"LinkedIn may not have all data after {sure.UtcDateTime:u}, so the export ends there. A later run exports "
                    + "the rest."
            );
            end = sure;
        }

        return end < startAt ? null : new Period(startAt, end);
    }

    /// <summary>Gets the end of the last UTC day for which LinkedIn has all data.</summary>
    internal static DateTimeOffset GetLastCompleteInstant(DateTimeOffset now) =>
        new DateTimeOffset(now.SubtractSaturating(DataDelay).UtcDateTime.Date, TimeSpan.Zero).SubtractSaturating(Millisecond);

    /// <summary>Whether LinkedIn may not have all data of the period.</summary>
    public bool IsRecent(DateTimeOffset now) => EndAt > now.SubtractSaturating(DataDelay);

    /// <summary>Divides the period into slices of at most 90 days without overlaps and gaps.</summary>
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

    /// <summary>Splits the period into halves without overlaps and gaps, at midnight UTC if it has at least two days.</summary>
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

    private static LinkedInException CreateFutureError(DateTimeOffset startAt) =>
        CreateInvalidError($"The period begins in the future ({startAt:u}).");

    private static LinkedInException CreateInvalidError(string message) => new(LinkedInErrorId.InvalidPeriod, message);
}
