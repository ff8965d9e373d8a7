namespace LinkedInExports;

/// <summary>
/// A CRM record whose company differs from the person's company on LinkedIn: a row of a validation export. A property is null if
/// the file does not have the column.
/// </summary>
/// <remarks>
/// LinkedIn's description of the two times is that of the job's fields and does not match the records. The times are
/// output unchanged and not interpreted.
/// </remarks>
public class CrmValidationRecord : ExportRecord
{
    // Stored as LinkedIn sends them, to save memory.
    private readonly long _expiredAt;
    private readonly long _createdAt;

    /// <summary>
    /// Initializes a record with times in milliseconds since 1970-01-01T00:00:00Z, or null for missing columns.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is outside the years 1 to 9999.</exception>
    public CrmValidationRecord(string? crmId, string? crmRecordType, long? expiredAt, long? createdAt)
        : base(new RecordId(crmId))
    {
        CrmRecordType = crmRecordType;
        _expiredAt = EpochMilliseconds.Validate(expiredAt, nameof(expiredAt));
        _createdAt = EpochMilliseconds.Validate(createdAt, nameof(createdAt));
    }

    /// <summary>Initializes a record whose times are validated.</summary>
    internal CrmValidationRecord(RecordId crmId, string? crmRecordType, long expiredAt, long createdAt)
        : base(crmId)
    {
        CrmRecordType = crmRecordType;
        _expiredAt = expiredAt;
        _createdAt = createdAt;
    }

    /// <summary>The id of the record in the CRM.</summary>
    public string? CrmId => Id;

    /// <summary>The type of the record, for example <c>CONTACT</c> or <c>LEAD</c>. Other values are kept.</summary>
    public string? CrmRecordType { get; }

    /// <summary>The column <c>expiredAt</c> in UTC. LinkedIn does not document its meaning.</summary>
    public DateTimeOffset? ExpiredAt => EpochMilliseconds.ToTime(_expiredAt);

    /// <summary>The column <c>createdAt</c> in UTC. LinkedIn does not document its meaning.</summary>
    public DateTimeOffset? CreatedAt => EpochMilliseconds.ToTime(_createdAt);

    /// <inheritdoc/>
    public override string ToString() => $"{CrmRecordType} {CrmId}";
}
