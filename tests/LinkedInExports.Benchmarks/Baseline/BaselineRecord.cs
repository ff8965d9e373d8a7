namespace LinkedInExports.Benchmarks.Baseline;

/// <summary>The same shape as a row of a validation export.</summary>
public sealed class BaselineRecord(string crmId, string crmRecordType, long expiredAt, long createdAt)
{
    /// <summary>Text.</summary>
    public string CrmId => crmId;

    /// <summary>Text that repeats.</summary>
    public string CrmRecordType => crmRecordType;

    /// <summary>A time.</summary>
    public DateTimeOffset ExpiredAt => DateTimeOffset.FromUnixTimeMilliseconds(expiredAt);

    /// <summary>Another time.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds(createdAt);
}
