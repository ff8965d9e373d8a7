namespace LinkedInExports;

/// <summary>
/// An activity record with undocumented columns, which PowerShell shows as properties. Only its adapter needs this type.
/// </summary>
public sealed class SalesActivityRecordWithExtraColumns : SalesActivityRecord, IExtraColumns
{
    private readonly IReadOnlyList<string> _names;
    private readonly string[] _values;

    /// <summary>Initializes a record, with null for missing columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The seat is <see cref="long.MinValue"/>.</exception>
    public SalesActivityRecordWithExtraColumns(
        string? activityId,
        string? activityType,
        DateTimeOffset? createdAt,
        long? seatId,
        string? memberIdentityKey,
        IReadOnlyList<string> names,
        string[] values
    )
        : base(activityId, activityType, createdAt, seatId, memberIdentityKey)
    {
        _names = names;
        _values = values;
    }

    internal SalesActivityRecordWithExtraColumns(
        RecordId activityId,
        string? activityType,
        long createdAtTicks,
        long seatId,
        Utf8Text memberIdentityKey,
        IReadOnlyList<string> names,
        string[] values
    )
        : base(activityId, activityType, createdAtTicks, seatId, memberIdentityKey)
    {
        _names = names;
        _values = values;
    }

    IReadOnlyList<string> IExtraColumns.ExtraNames => _names;

    string IExtraColumns.GetExtra(int index) => _values[index];
}
