namespace LinkedInExports;

/// <summary>Converts LinkedIn's times, which are milliseconds since 1970-01-01T00:00:00Z.</summary>
internal static class EpochMilliseconds
{
    /// <summary>0001-01-01T00:00:00Z.</summary>
    private const long Min = -62_135_596_800_000;

    /// <summary>9999-12-31T23:59:59.999Z.</summary>
    private const long Max = 253_402_300_799_999;

    /// <summary>The value for a missing time.</summary>
    internal const long Missing = long.MinValue;

    internal static bool IsInRange(long value) => value >= Min && value <= Max;

    internal static long Validate(long value, string name) =>
        IsInRange(value) ? value : throw new ArgumentOutOfRangeException(name);

    internal static long Validate(long? value, string name) => value is { } given ? Validate(given, name) : Missing;

    internal static DateTimeOffset? ToTime(long value) =>
        value == Missing ? null : DateTimeOffset.FromUnixTimeMilliseconds(value);
}
