namespace LinkedInExports;

/// <summary>
/// A validation record with undocumented columns, which PowerShell shows as properties. Only its adapter needs this type.
/// </summary>
public sealed class CrmValidationRecordWithExtraColumns : CrmValidationRecord, IExtraColumns
{
    private readonly IReadOnlyList<string> _names;
    private readonly string[] _values;

    /// <summary>
    /// Initializes a record with times in milliseconds since 1970-01-01T00:00:00Z, or null for missing columns.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is outside the years 1 to 9999.</exception>
    public CrmValidationRecordWithExtraColumns(
        string? crmId,
        string? crmRecordType,
        long? expiredAt,
        long? createdAt,
        IReadOnlyList<string> names,
        string[] values
    )
        : base(crmId, crmRecordType, expiredAt, createdAt)
    {
        _names = names;
        _values = values;
    }

    /// <summary>Initializes a record whose times are validated.</summary>
    internal CrmValidationRecordWithExtraColumns(
        RecordId crmId,
        string? crmRecordType,
        long expiredAt,
        long createdAt,
        IReadOnlyList<string> names,
        string[] values
    )
        : base(crmId, crmRecordType, expiredAt, createdAt)
    {
        _names = names;
        _values = values;
    }

    IReadOnlyList<string> IExtraColumns.ExtraNames => _names;

    string IExtraColumns.GetExtra(int index) => _values[index];
}
