using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads <see cref="SeatRecord"/>: every column as text under its own name.</summary>
internal sealed class SeatReader(ColumnMap layout) : RecordReader(layout)
{
    internal override object? TryRead(CsvReader row, out FieldError defect)
    {
        defect = default;
        return new SeatRecord(Columns.ExtraNames, GetExtraValues(row));
    }
}
