using System.ComponentModel;
using System.Globalization;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Formatting;

/// <summary>
/// Formats sizes and times for the views of LinkedInExports.Format.ps1xml, which also display deserialized objects.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DisplayText
{
    private const double Kilo = 1024;

    /// <summary>Formats a number of bytes in the current culture, such as <c>70.6 KB</c>.</summary>
    public static string FormatSize(long bytes)
    {
        string[] units = ["KB", "MB", "GB", "TB"];
        if (bytes < Kilo)
            return string.Format(CultureInfo.CurrentCulture, "{0:N0} B", bytes);

        double amount = bytes / Kilo;
        int unit = 0;
        while (amount >= Kilo && unit < units.Length - 1)
        {
            amount /= Kilo;
            unit++;
        }

        return string.Format(CultureInfo.CurrentCulture, "{0:N1} {1}", amount, units[unit]);
    }

    /// <summary>Formats a time to the minute, in UTC; null without a time.</summary>
    public static string? FormatMinute(object? time) =>
        SerializedTime.Read(time)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Formats a time to the second, in UTC; null without a time.</summary>
    public static string? FormatSecond(object? time) =>
        SerializedTime.Read(time)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Formats a time to the second, in UTC, with its distance from now.</summary>
    public static string? FormatWithAge(object? time) => FormatWithAge(time, DateTimeOffset.UtcNow);

    /// <summary>
    /// Formats the distance of a time from now, such as <c>in 29 min</c> or <c>3 h ago</c>; null without a time.
    /// </summary>
    public static string? FormatAge(object? time) =>
        SerializedTime.Read(time) is { } instant ? FormatAge(instant, DateTimeOffset.UtcNow) : null;

    /// <summary>
    /// Formats a period in UTC, such as <c>2025-01-01 to 2025-03-31</c> or <c>from 2025-01-01</c>; null without a start.
    /// </summary>
    public static string? FormatPeriod(object? start, object? end) =>
        SerializedTime.Read(start) is not { } from ? null
        : SerializedTime.Read(end) is { } to
            ? string.Format(CultureInfo.InvariantCulture, "{0:yyyy-MM-dd} to {1:yyyy-MM-dd}", from.UtcDateTime, to.UtcDateTime)
        : string.Format(CultureInfo.InvariantCulture, "from {0:yyyy-MM-dd}", from.UtcDateTime);

    /// <summary>Gets the last part of a URN, such as the number of a contract.</summary>
    public static string? GetUrnId(string? urn) => urn?.Substring(urn.LastIndexOf(':') + 1);

    internal static string? FormatWithAge(object? time, DateTimeOffset now) =>
        SerializedTime.Read(time) is { } instant
            ? string.Format(
                CultureInfo.InvariantCulture,
                "{0:yyyy-MM-dd HH:mm:ss} UTC, {1}",
                instant.UtcDateTime,
                FormatAge(instant, now)
            )
            : null;

    internal static string FormatAge(DateTimeOffset time, DateTimeOffset now)
    {
        TimeSpan distance = (time - now).Duration();
        string amount =
            distance.TotalSeconds < 60 ? FormatWhole(distance.TotalSeconds, "s")
            : distance.TotalMinutes < 60 ? FormatWhole(distance.TotalMinutes, "min")
            : distance.TotalHours < 48 ? FormatWhole(distance.TotalHours, "h")
            : FormatWhole(distance.TotalDays, "d");
        return time > now ? $"in {amount}" : $"{amount} ago";
    }

    private static string FormatWhole(double value, string unit) =>
        string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}", Math.Floor(value), unit);
}
