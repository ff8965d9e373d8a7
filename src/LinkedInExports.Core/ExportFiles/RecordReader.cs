using System.Runtime.CompilerServices;
using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Creates a record from each row of a file.</summary>
internal abstract class RecordReader(ColumnMap columns, RecordSource source)
{
    internal static RecordReader Create(ExportType exportType, ColumnMap columns, RecordSource source) =>
        exportType switch
        {
            ExportType.CrmValidation => new CrmValidationReader(columns, source),
            ExportType.Activity => new SalesActivityReader(columns, source),
            ExportType.ActivityOutcome => new ActivityOutcomeReader(columns, source),
            ExportType.Seat => new SeatReader(columns, source),
            _ => throw new NotSupportedException($"Export type {exportType}."),
        };

    /// <summary>Reads the record of the current row, or returns null with the error.</summary>
    /// <param name="row">The reader at the row.</param>
    /// <param name="number">The number of the row.</param>
    /// <param name="error">The error of a field.</param>
    internal abstract ExportRecord? TryRead(CsvReader row, long number, out FieldError error);

    protected RecordBlockWriter Blocks { get; } = new(source);

    protected ColumnMap Columns { get; } = columns;

    protected bool HasExtraColumns { get; } = columns.ExtraNames.Length > 0;

    protected string[] GetExtraValues(CsvReader row)
    {
        int[] indexes = Columns.ExtraIndexes;
        var values = new string[indexes.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = row.GetString(indexes[i]);
        return values;
    }

    /// <summary>Gets a value, which is empty if the file does not have the column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static ReadOnlySpan<byte> GetSpan(CsvReader row, int index) => index < 0 ? default : row.GetSpan(index);

    /// <summary>Gets a value, or null if the file does not have the column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static string? GetString(CsvReader row, int index) => index < 0 ? null : row.GetString(index);

    /// <summary>Reads a time, or <see cref="EpochMilliseconds.Missing"/> if the file does not have the column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static bool TryReadTime(CsvReader row, int index, out long milliseconds)
    {
        milliseconds = EpochMilliseconds.Missing;
        return index < 0 || (row.TryParse(index, out milliseconds) && EpochMilliseconds.IsInRange(milliseconds));
    }

    /// <summary>The error of a field. It does not contain the value, which is personal data.</summary>
    internal readonly record struct FieldError(int Field, string Reason);
}
