namespace LinkedInExports.Emulator.Quotas;

/// <summary>What was used of the quotas, and what they refused, since the start or the last reset.</summary>
public sealed record QuotaUsage
{
    /// <summary>Requests that counted today (UTC).</summary>
    public required long RequestsToday { get; init; }

    /// <summary>The same for each day that had any.</summary>
    public required IReadOnlyDictionary<DateOnly, long> RequestsPerDay { get; init; }

    /// <summary>Records in updates and deletes that were let through.</summary>
    public required long Records { get; init; }

    /// <summary>
    /// Greatest number of records that arrived within any 60 seconds, whatever the kind of window, those included that were
    /// refused.
    /// </summary>
    public required int MostRecordsInOneMinute { get; init; }

    /// <summary>Requests refused because of their records.</summary>
    public required long RefusedByMinute { get; init; }

    /// <summary>Requests refused because the day had too many.</summary>
    public required long RefusedByDay { get; init; }

    /// <summary>All requests refused by a quota.</summary>
    public long RefusedByQuota => RefusedByMinute + RefusedByDay;
}
