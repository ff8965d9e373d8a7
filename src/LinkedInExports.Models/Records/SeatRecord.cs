namespace LinkedInExports;

/// <summary>
/// A seat holder on a day: one row of a seat export. LinkedIn documents none of its columns by name; PowerShell shows all
/// as properties under the names that the file has.
/// </summary>
public sealed class SeatRecord(IReadOnlyList<string> names, string[] values) : IExtraColumns
{
    IReadOnlyList<string> IExtraColumns.ExtraNames => names;

    string IExtraColumns.GetExtra(int index) => values[index];

    /// <inheritdoc/>
    public override string ToString() => nameof(SeatRecord);
}
