namespace LinkedInExports;

/// <summary>
/// A seat holder on a day: a row of a seat export. LinkedIn does not document the column names. PowerShell shows all columns as
/// properties.
/// </summary>
public sealed class SeatRecord : ExportRecord, IExtraColumns
{
    private readonly IReadOnlyList<string> _names;
    private readonly string[] _values;

    /// <summary>Initializes a record with the names and values of its columns.</summary>
    public SeatRecord(IReadOnlyList<string> names, string[] values)
        : this(default, names, values) { }

    internal SeatRecord(RecordId id, IReadOnlyList<string> names, string[] values)
        : base(id)
    {
        _names = names;
        _values = values;
    }

    IReadOnlyList<string> IExtraColumns.ExtraNames => _names;

    string IExtraColumns.GetExtra(int index) => _values[index];

    /// <inheritdoc/>
    public override string ToString() => nameof(SeatRecord);
}
