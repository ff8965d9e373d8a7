using CsvHelper;

namespace LinkedInExports.Core.Records;

/// <summary>Reads <see cref="SeatRecord"/>: every column as text under its own name.</summary>
internal sealed class SeatReader(Layout layout) : RecordReader(layout)
{
    internal override object? TryRead(CsvReader row, out Defect defect)
    {
        defect = default;
        return new SeatRecord(Layout.ExtraNames, ExtraValues(row));
    }
}
