using CsvHelper;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads the records of an export file one after the other, on constant memory.</summary>
/// <remarks>
/// Columns are found by name, in any order and spelling of it. CRLF, LF, a byte order mark, UTF-16 and quoted line breaks
/// are understood; blank lines are passed over where rows have several values. An empty file, or one with a header alone,
/// has no records. Any other row is a record or an error, never neither.
/// </remarks>
public static class ExportFileReader
{
    /// <summary>The records of a file, read as they are asked for.</summary>
    /// <param name="path">The file, or a pipe.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="output">Hears of the rows that are passed over.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// The file cannot be read, its columns are not those of an export, or a row is malformed and that is to end it.
    /// </exception>
    public static IEnumerable<object> Read(
        string path, ImportOptions options, ICommandOutput output, CancellationToken cancellationToken) =>
        Read(path, options, output, time: null, cancellationToken);

    /// <summary>The same, with another clock for the pace of progress.</summary>
    internal static IEnumerable<object> Read(
        string path, ImportOptions options, ICommandOutput output, TimeProvider? time, CancellationToken cancellationToken)
    {
        using ExportFileHandle? file = ExportFileHandle.TryOpen(path, options, output, cancellationToken);
        if (file is null)
            yield break;

        CsvReader csv = file.Csv;
        ExportText text = file.Text;
        RowErrorReporter rows = file.Errors;
        int columns = rows.Header!.Count;
        RecordReader reader = RecordReader.Create(file.ExportType, file.Columns);
        var progress = new ImportProgress(file.Stream, output, time ?? TimeProvider.System);
        ISet<string>? seen = options.SeenActivities;
        Func<bool> next = csv.Read;
        while (rows.Guard(next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (csv.FieldCount != columns)
            {
                if (CsvDialect.IsBlankLine(csv))
                    continue;
                rows.BeginRow();
                rows.ReportWrongFieldCount(csv.FieldCount);
                continue;
            }

            rows.BeginRow();
            progress.ReportRow();

            if (!text.IsAscii && ExportFileHandle.FindInvalidText(csv, text) is { } invalid)
            {
                rows.ReportInvalidField(invalid);
                continue;
            }

            object? record = reader.TryRead(csv, out RecordReader.FieldError defect);
            if (record is null)
                rows.ReportInvalidField(defect);
            else if (seen is not null && record is SalesActivityRecord { ActivityId: { } id } && !seen.Add(id))
                rows.ReportRepeated();
            else
                yield return record;
        }

        progress.Complete();
        rows.Finish();
    }
}
