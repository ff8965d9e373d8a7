using System.Globalization;

namespace LinkedInExports.Core.Resumes;

/// <summary>Parses the time at which a record was created in the CRM, from a value of a CSV file or an object.</summary>
public static class CreatedAtParser
{
    /// <summary>Numbers below this (in 1973) are seconds by mistake.</summary>
    private const long Earliest = 100_000_000_000;

    // Dates with slashes or month names are not supported, because 03/04 is ambiguous.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd HH:mm:ss zzz",
        "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd",
        "r",
    ];

    /// <summary>
    /// Parses a time from a <see cref="DateTimeOffset"/>, a <see cref="DateTime"/>, a number of milliseconds since
    /// 1970-01-01T00:00:00Z, or text with one of these. A time without a zone is in UTC.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="time">The time, to the millisecond.</param>
    /// <returns>The reason why the value is invalid, or null.</returns>
    public static string? Parse(object? value, out DateTimeOffset time)
    {
        time = default;
        switch (value)
        {
            case DateTimeOffset instant:
                time = instant.ToUniversalTime();
                break;
            case DateTime { Kind: DateTimeKind.Unspecified } unspecified:
                time = new DateTimeOffset(unspecified, TimeSpan.Zero);
                break;
            case DateTime moment:
                time = new DateTimeOffset(moment).ToUniversalTime();
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                return ParseNumber(Convert.ToInt64(value, CultureInfo.InvariantCulture), out time);
            case string text when text.Trim() is { Length: > 0 } trimmed:
                if (long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
                    return ParseNumber(number, out time);
                if (
                    !DateTimeOffset.TryParseExact(
                        trimmed,
                        Formats,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                        out time
                    )
                )
                {
                    return "CreatedAt is ambiguous or not a time: specify 2025-01-31, 2025-01-31T14:30:00Z "
                        + "or milliseconds since 1970, or convert it with [datetimeoffset]";
                }

                break;
            case null or string:
                return "CreatedAt is empty";
            default:
                return "CreatedAt is not a time";
        }

        return time < DateTimeOffset.FromUnixTimeSeconds(0) ? "CreatedAt is before 1970" : null;
    }

    private static string? ParseNumber(long number, out DateTimeOffset time)
    {
        time = default;
        if (number < 0)
            return "CreatedAt is before 1970";
        if (number < Earliest)
            return "CreatedAt seems to be in seconds, but LinkedIn uses milliseconds: multiply it by 1000";
        if (!EpochMilliseconds.IsInRange(number))
            return "CreatedAt is out of range";
        time = DateTimeOffset.FromUnixTimeMilliseconds(number);
        return null;
    }
}
