namespace LinkedInExports.Core.Reports;

/// <summary>The length of a column in a chart over time. Times are in UTC, and weeks begin on Monday.</summary>
internal enum TimeUnit
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>Converts between times and consecutive numbers of units.</summary>
internal static class TimeUnits
{
    internal static long GetNumber(this TimeUnit unit, DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        return unit switch
        {
            TimeUnit.Minute => utc.Ticks / TimeSpan.TicksPerMinute,
            TimeUnit.Hour => utc.Ticks / TimeSpan.TicksPerHour,
            TimeUnit.Day => utc.Ticks / TimeSpan.TicksPerDay,
            TimeUnit.Week => utc.Ticks / (7 * TimeSpan.TicksPerDay), // 0001-01-01 was a Monday.
            TimeUnit.Month => (utc.Year * 12L) + utc.Month - 1,
            TimeUnit.Year => utc.Year,
            _ => throw new NotSupportedException($"Unit {unit}."),
        };
    }

    internal static DateTimeOffset GetStart(this TimeUnit unit, long number)
    {
        DateTime utc = unit switch
        {
            TimeUnit.Minute => new DateTime(number * TimeSpan.TicksPerMinute),
            TimeUnit.Hour => new DateTime(number * TimeSpan.TicksPerHour),
            TimeUnit.Day => new DateTime(number * TimeSpan.TicksPerDay),
            TimeUnit.Week => new DateTime(number * 7 * TimeSpan.TicksPerDay),
            TimeUnit.Month => new DateTime((int)(number / 12), (int)(number % 12) + 1, 1),
            TimeUnit.Year => new DateTime((int)number, 1, 1),
            _ => throw new NotSupportedException($"Unit {unit}."),
        };
        return new DateTimeOffset(utc, TimeSpan.Zero);
    }

    /// <summary>Gets the exclusive end of a unit; for the last one that can be represented, its last moment.</summary>
    internal static DateTimeOffset GetEnd(this TimeUnit unit, long number) =>
        number == unit.GetNumber(DateTimeOffset.MaxValue) ? DateTimeOffset.MaxValue : unit.GetStart(number + 1);
}
