namespace LinkedInExports.Emulator.Quotas;

/// <summary>The usage of the quotas since the start or the last reset.</summary>
public sealed record QuotaUsage
{
    /// <summary>The number of requests that counted on the current UTC day.</summary>
    public required long RequestsToday { get; init; }

    /// <summary>The number of requests that counted on each UTC day.</summary>
    public required IReadOnlyDictionary<DateOnly, long> RequestsPerDay { get; init; }

    /// <summary>The number of accepted records in updates and deletes.</summary>
    public required long Records { get; init; }

    /// <summary>
    /// The maximum number of records in any 60 seconds, including rejected ones, regardless of the
    /// <see cref="QuotaWindow"/>.
    /// </summary>
    public required int MostRecordsInOneMinute { get; init; }

    /// <summary>The number of requests that exceeded the quota per minute.</summary>
    public required long RefusedByMinute { get; init; }

    /// <summary>The number of requests that exceeded the quota per day.</summary>
    public required long RefusedByDay { get; init; }

    /// <summary>The number of requests that exceeded a quota.</summary>
    public long RefusedByQuota => RefusedByMinute + RefusedByDay;
}
