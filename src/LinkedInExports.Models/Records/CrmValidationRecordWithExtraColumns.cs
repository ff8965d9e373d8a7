namespace LinkedInExports;

/// <summary>
/// The same with columns that are not documented. PowerShell shows them as properties; only its adapter needs this type.
/// </summary>
public sealed class CrmValidationRecordWithExtraColumns : CrmValidationRecord, IExtraColumns
{
    private readonly IReadOnlyList<string> _names;
    private readonly string[] _values;

    /// <summary>
    /// A record with its times in milliseconds since 1970-01-01T00:00:00Z; null for columns that the file lacks.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A time lies outside the years 1 to 9999.</exception>
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

    /// <summary>A record whose times have been checked.</summary>
    internal CrmValidationRecordWithExtraColumns(
        Utf8Text crmId,
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
