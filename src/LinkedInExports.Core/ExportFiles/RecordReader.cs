using System.Runtime.CompilerServices;
using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Makes a record of each row of one file.</summary>
internal abstract class RecordReader(ColumnMap layout)
{
    internal static RecordReader Create(ExportType exportType, ColumnMap layout) =>
        exportType switch
        {
            ExportType.CrmValidation => new CrmValidationReader(layout),
            ExportType.Activity => new SalesActivityReader(layout),
            ExportType.ActivityOutcome => new ActivityOutcomeReader(layout),
            ExportType.Seat => new SeatReader(layout),
            _ => throw new NotSupportedException($"Exports of kind {exportType}."),
        };

    /// <summary>The record of the current row, or null with the reason why there is none.</summary>
    internal abstract object? TryRead(CsvReader row, out FieldError defect);

    protected ColumnMap Columns { get; } = layout;

    protected bool HasExtraColumns { get; } = layout.ExtraNames.Length > 0;

    protected string[] GetExtraValues(CsvReader row)
    {
        int[] indexes = Columns.ExtraIndexes;
        var values = new string[indexes.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = row.GetString(indexes[i]);
        return values;
    }

    /// <summary>A value; empty where the file lacks the column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static ReadOnlySpan<byte> GetSpan(CsvReader row, int index) => index < 0 ? default : row.GetSpan(index);

    /// <summary>A value; null where the file lacks the column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static string? GetString(CsvReader row, int index) => index < 0 ? null : row.GetString(index);

    /// <summary>A time; <see cref="EpochMilliseconds.Missing"/> where the file lacks the column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static bool TryReadTime(CsvReader row, int index, out long milliseconds)
    {
        milliseconds = EpochMilliseconds.Missing;
        return index < 0 || (row.TryParse(index, out milliseconds) && EpochMilliseconds.IsInRange(milliseconds));
    }

    /// <summary>What is wrong with a field. The value itself is personal data and is not repeated.</summary>
    internal readonly record struct FieldError(int Field, string Reason);
}
