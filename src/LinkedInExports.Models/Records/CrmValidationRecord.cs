namespace LinkedInExports;

/// <summary>
/// A CRM record whose company differs from the person's company on LinkedIn: one row of a validation export. A property is
/// null where the file lacks its column.
/// </summary>
/// <remarks>
/// LinkedIn's description of the two times was copied from the fields of the job and does not fit them. They are given
/// as they came; nothing here relies on their meaning.
/// </remarks>
public class CrmValidationRecord
{
    // Kept as LinkedIn sends them: people hold millions of these.
    private readonly Utf8Text _crmId;
    private readonly long _expiredAt;
    private readonly long _createdAt;

    /// <summary>
    /// A record with its times in milliseconds since 1970-01-01T00:00:00Z; null for columns that the file lacks.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A time lies outside the years 1 to 9999.</exception>
    public CrmValidationRecord(string? crmId, string? crmRecordType, long? expiredAt, long? createdAt)
    {
        _crmId = new Utf8Text(crmId);
        CrmRecordType = crmRecordType;
        _expiredAt = EpochMilliseconds.Validate(expiredAt, nameof(expiredAt));
        _createdAt = EpochMilliseconds.Validate(createdAt, nameof(createdAt));
    }

    /// <summary>A record whose times have been checked.</summary>
    internal CrmValidationRecord(Utf8Text crmId, string? crmRecordType, long expiredAt, long createdAt)
    {
        _crmId = crmId;
        CrmRecordType = crmRecordType;
        _expiredAt = expiredAt;
        _createdAt = createdAt;
    }

    /// <summary>The id of the record in the CRM.</summary>
    public string? CrmId => _crmId.ToString();

    /// <summary>The type of the record, for example <c>CONTACT</c> or <c>LEAD</c>; any other word is kept.</summary>
    public string? CrmRecordType { get; }

    /// <summary>Column <c>expiredAt</c>, UTC. LinkedIn does not explain which time it is.</summary>
    public DateTimeOffset? ExpiredAt => EpochMilliseconds.ToTime(_expiredAt);

    /// <summary>Column <c>createdAt</c>, UTC. LinkedIn does not explain which time it is.</summary>
    public DateTimeOffset? CreatedAt => EpochMilliseconds.ToTime(_createdAt);

    /// <inheritdoc/>
    public override string ToString() => $"{CrmRecordType} {CrmId}";
}
