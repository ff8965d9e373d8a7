namespace LinkedInExports;

/// <summary>Times as LinkedIn sends them: milliseconds since 1970-01-01T00:00:00Z.</summary>
internal static class EpochMilliseconds
{
    private static readonly long Min = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Max = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    internal static bool IsInRange(long value) => value >= Min && value <= Max;

    internal static long Checked(long value, string name) =>
        IsInRange(value) ? value : throw new ArgumentOutOfRangeException(name);
}
