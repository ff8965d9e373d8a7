using System.Globalization;
using System.Text.RegularExpressions;

namespace LinkedInExports;

/// <summary>
/// How long LinkedIn keeps a file: a number and one of LinkedIn's eight units. A <see cref="TimeSpan"/> converts to it. Months
/// and years, which a time span cannot express, are written as <c>6 months</c> or <c>1 year</c>.
/// </summary>
public sealed record RetentionPeriod
{
    private static readonly Regex Pattern = new(
        "^(?<duration>[0-9]+) ?(?<unit>millisecond|second|minute|hour|day|week|month|year)s?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>Creates a period.</summary>
    /// <param name="duration">The number of units, at least 1.</param>
    /// <param name="unit">The unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not positive, or the unit is undefined.</exception>
    public RetentionPeriod(long duration, RetentionUnit unit)
    {
        if (duration < 1)
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "The duration must be at least 1.");
        if (unit is < RetentionUnit.Millisecond or > RetentionUnit.Year)
            throw new ArgumentOutOfRangeException(nameof(unit), unit, "The unit does not exist.");
        (Duration, Unit) = (duration, unit);
    }

    /// <summary>The number of units.</summary>
    public long Duration { get; }

    /// <summary>The unit.</summary>
    public RetentionUnit Unit { get; }

    /// <summary>The period in milliseconds, or null for months and years, whose length depends on the start.</summary>
    internal long? Milliseconds =>
        Unit switch
        {
            RetentionUnit.Millisecond => Duration,
            RetentionUnit.Second => ToMilliseconds(1000),
            RetentionUnit.Minute => ToMilliseconds(60_000),
            RetentionUnit.Hour => ToMilliseconds(3_600_000),
            RetentionUnit.Day => ToMilliseconds(86_400_000),
            RetentionUnit.Week => ToMilliseconds(604_800_000),
            _ => null,
        };

    /// <summary>The period in calendar months, or null for other units.</summary>
    internal long? Months =>
        Unit switch
        {
            RetentionUnit.Month => Duration,
            RetentionUnit.Year => ToMilliseconds(12),
            _ => null,
        };

    /// <summary>
    /// Parses a number and a unit, for example <c>90 days</c>, <c>6 months</c> or <c>1 year</c>. Case is ignored.
    /// </summary>
    /// <exception cref="FormatException">The text is not a period.</exception>
    public static RetentionPeriod Parse(string text)
    {
        Match match = Pattern.Match(text.Trim());
        return
            match.Success
            && long.TryParse(match.Groups["duration"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long duration)
            && duration > 0
            && Enum.TryParse(match.Groups["unit"].Value, ignoreCase: true, out RetentionUnit unit)
            ? new RetentionPeriod(duration, unit)
            : throw new FormatException(
                "The period is invalid. Specify a time span such as 3.00:00:00, or a number with a unit: milliseconds, seconds, "
                    + "minutes, hours, days, weeks, months or years, for example '6 months'."
            );
    }

    /// <summary>Converts a time span to the largest unit up to hours that represents it exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time span is shorter than a millisecond.</exception>
    public static implicit operator RetentionPeriod(TimeSpan time)
    {
        (long ticks, RetentionUnit unit) = time.Ticks switch
        {
            var all when all % TimeSpan.TicksPerHour == 0 => (TimeSpan.TicksPerHour, RetentionUnit.Hour),
            var all when all % TimeSpan.TicksPerMinute == 0 => (TimeSpan.TicksPerMinute, RetentionUnit.Minute),
            var all when all % TimeSpan.TicksPerSecond == 0 => (TimeSpan.TicksPerSecond, RetentionUnit.Second),
            _ => (TimeSpan.TicksPerMillisecond, RetentionUnit.Millisecond),
        };
        return new RetentionPeriod(time.Ticks / ticks, unit);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1}{2}",
            Duration,
            Unit.ToString().ToLowerInvariant(),
            Duration == 1 ? "" : "s"
        );

    /// <summary>Multiplies, and limits the result to <see cref="long.MaxValue"/>.</summary>
    private long ToMilliseconds(long factor) => Duration > long.MaxValue / factor ? long.MaxValue : Duration * factor;
}
