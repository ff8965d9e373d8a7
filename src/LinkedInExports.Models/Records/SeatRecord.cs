namespace LinkedInExports;

/// <summary>
/// A seat holder on a day: a row of a seat export. LinkedIn does not document the column names. PowerShell shows all columns as
/// properties.
/// </summary>
public sealed class SeatRecord(IReadOnlyList<string> names, string[] values) : ExportRecord, IExtraColumns
{
    IReadOnlyList<string> IExtraColumns.ExtraNames => names;

    string IExtraColumns.GetExtra(int index) => values[index];

    /// <inheritdoc/>
    public override string ToString() => nameof(SeatRecord);
}
