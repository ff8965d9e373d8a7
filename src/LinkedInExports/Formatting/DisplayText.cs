using System.ComponentModel;
using System.Globalization;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Formatting;

/// <summary>
/// Sizes and times as the views show them; the objects keep the numbers. For LinkedInExports.Format.ps1xml alone, which
/// also has objects that came back from a file or another process.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DisplayText
{
    private const double Kilo = 1024;

    /// <summary>Bytes, as <c>70.6 KB</c> in the session's own culture.</summary>
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

    /// <summary>To the minute, in UTC; nothing for no time.</summary>
    public static string? FormatMinute(object? time) =>
        SerializedTime.Read(time)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>To the second, in UTC; nothing for no time.</summary>
    public static string? FormatSecond(object? time) =>
        SerializedTime.Read(time)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>To the second, in UTC, and how far away that is.</summary>
    public static string? FormatWithAge(object? time) => FormatWithAge(time, DateTimeOffset.UtcNow);

    /// <summary>How far away a time is: <c>in 29 min</c>, <c>3 h ago</c>; nothing for no time.</summary>
    public static string? FormatAge(object? time) =>
        SerializedTime.Read(time) is { } instant ? FormatAge(instant, DateTimeOffset.UtcNow) : null;

    /// <summary>Two days in UTC, as <c>2025-01-01 to 2025-03-31</c>; nothing where there is no period.</summary>
    public static string? FormatPeriod(object? start, object? end) =>
        SerializedTime.Read(start) is { } from && SerializedTime.Read(end) is { } to
            ? string.Format(CultureInfo.InvariantCulture, "{0:yyyy-MM-dd} to {1:yyyy-MM-dd}", from.UtcDateTime, to.UtcDateTime)
            : null;

    /// <summary>The last part of a URN, such as the number of a contract.</summary>
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
