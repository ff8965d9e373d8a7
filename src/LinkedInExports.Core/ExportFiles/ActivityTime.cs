using System.Runtime.CompilerServices;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// Parses times of activity exports, <c>MM-dd-yyyy HH:mm:ss</c> in UTC (Exports Schema). They have a fixed length and are parsed
/// by position, independently of the culture. .NET has no leap seconds, so 23:59:60 becomes 23:59:59 on days that can have
/// one.
/// </summary>
internal static class ActivityTime
{
    private const int Length = 19;

    [MethodImpl(JitOptions.Optimized)]
    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != Length || text[2] != '-' || text[5] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':')
            return false;

        int month = ParseNumber(text.Slice(0, 2));
        int day = ParseNumber(text.Slice(3, 2));
        int year = ParseNumber(text.Slice(6, 4));
        int hour = ParseNumber(text.Slice(11, 2));
        int minute = ParseNumber(text.Slice(14, 2));
        int second = ParseNumber(text.Slice(17, 2));
        if (second == 60 && (hour, minute) == (23, 59) && (month, day) is (6, 30) or (12, 31))
            second = 59;
        if (
            year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23
            || minute is < 0 or > 59
            || second is < 0 or > 59
        )
        {
            return false;
        }

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    /// <summary>Parses digits, or returns -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ParseNumber(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return -1;
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
