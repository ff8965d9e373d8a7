namespace LinkedInExports.Emulator.Analytics;

/// <summary>
/// Writes times in the format of analytics files, <c>MM-dd-yyyy HH:mm:ss</c> in UTC. Not with a format string, because these are
/// the slowest cells.
/// </summary>
internal static class UtcText
{
    public static int WriteTime(Span<byte> target, DateTime time)
    {
        WriteDate(target, time);
        target[10] = (byte)' ';
        int second = (int)(time.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);
        TwoDigits(target[11..], second / 3600);
        target[13] = (byte)':';
        TwoDigits(target[14..], second / 60 % 60);
        target[16] = (byte)':';
        TwoDigits(target[17..], second % 60);
        return 19;
    }

    public static int WriteDate(Span<byte> target, DateTime time)
    {
        time.Deconstruct(out int year, out int month, out int day);
        TwoDigits(target, month);
        target[2] = (byte)'-';
        TwoDigits(target[3..], day);
        target[5] = (byte)'-';
        TwoDigits(target[6..], year / 100);
        TwoDigits(target[8..], year % 100);
        return 10;
    }

    private static void TwoDigits(Span<byte> target, int value)
    {
        target[1] = (byte)('0' + (value % 10));
        target[0] = (byte)('0' + (value / 10));
    }
}
