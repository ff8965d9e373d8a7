using CsvHelper;

namespace LinkedInExports.Core.Records;

/// <summary>Makes a record of each row of one file.</summary>
internal abstract class RecordReader(Layout layout)
{
    internal static RecordReader For(ExportKind kind, Layout layout) => kind switch
    {
        ExportKind.CrmValidation => new CrmValidationReader(layout),
        ExportKind.Activity => new SalesActivityReader(layout),
        ExportKind.ActivityOutcome => new ActivityOutcomeReader(layout),
        ExportKind.Seat => new SeatReader(layout),
        _ => throw new NotSupportedException($"Exports of kind {kind}."),
    };

    /// <summary>The record of the current row, or null with the reason why there is none.</summary>
    internal abstract object? TryRead(CsvReader row, out Defect defect);

    protected Layout Layout { get; } = layout;

    protected bool HasExtraColumns { get; } = layout.ExtraNames.Length > 0;

    protected string[] ExtraValues(CsvReader row)
    {
        int[] indexes = Layout.ExtraIndexes;
        var values = new string[indexes.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = row.GetString(indexes[i]);
        return values;
    }

    protected static bool TryReadTime(CsvReader row, int index, out long milliseconds) =>
        row.TryParse(index, out milliseconds) && EpochMilliseconds.IsInRange(milliseconds);

    /// <summary>What is wrong with a field. The value itself is personal data and is not repeated.</summary>
    internal readonly record struct Defect(int Field, string Reason);
}
