namespace LinkedInExports.Benchmarks.Baseline;

/// <summary>A record with the same properties as a row of a validation export.</summary>
public sealed class BaselineRecord(string crmId, string crmRecordType, long expiredAt, long createdAt)
{
    /// <summary>A text.</summary>
    public string CrmId => crmId;

    /// <summary>A text that repeats.</summary>
    public string CrmRecordType => crmRecordType;

    /// <summary>A time.</summary>
    public DateTimeOffset ExpiredAt => DateTimeOffset.FromUnixTimeMilliseconds(expiredAt);

    /// <summary>Another time.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds(createdAt);
}
