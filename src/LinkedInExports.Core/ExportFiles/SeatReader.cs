using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads <see cref="SeatRecord"/> with all columns as text.</summary>
internal sealed class SeatReader(ColumnMap columns, RecordSource source) : RecordReader(columns, source)
{
    internal override ExportRecord? TryRead(CsvReader row, long number, out FieldError error)
    {
        error = default;
        return new SeatRecord(Blocks.AddRow(number), Columns.ExtraNames, GetExtraValues(row));
    }
}
