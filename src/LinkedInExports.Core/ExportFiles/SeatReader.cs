using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads <see cref="SeatRecord"/> with all columns as text.</summary>
internal sealed class SeatReader(ColumnMap columns) : RecordReader(columns)
{
    internal override ExportRecord? TryRead(CsvReader row, out FieldError error)
    {
        error = default;
        return new SeatRecord(Columns.ExtraNames, GetExtraValues(row));
    }
}
