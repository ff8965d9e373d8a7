using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Records;

/// <summary>Reads the records of an export file one after the other, on constant memory.</summary>
/// <remarks>
/// Columns are found by name, in any order and case. CRLF, LF, a byte order mark, UTF-16 and quoted line breaks are
/// understood; blank lines are passed over. An empty file, or one with a header alone, has no records. Any other row is
/// a record or an error, never neither.
/// </remarks>
public static class ExportFileReader
{
    /// <summary>The records of a file, read as they are asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="messages">Hears of the rows that are passed over.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    /// <exception cref="LinkedInException">
    /// The file cannot be read, its columns are not those of an export, or a row is malformed and that is to end it.
    /// </exception>
    public static IEnumerable<object> Read(
        string path, ImportOptions options, IMessages messages, CancellationToken cancellation) =>
        Read(path, options, messages, time: null, cancellation);

    /// <summary>The same, with another clock for the pace of progress.</summary>
    internal static IEnumerable<object> Read(
        string path, ImportOptions options, IMessages messages, TimeProvider? time, CancellationToken cancellation)
    {
        using OpenExportFile? file = OpenExportFile.TryOpen(path, options, messages);
        if (file is null)
            yield break;

        RowLog rows = file.Rows;
        RecordReader reader = RecordReader.For(file.Kind, file.Layout);
        var progress = new ImportProgress(file.Stream, file.Length, messages, time ?? TimeProvider.System);
        ISet<string>? seen = options.SeenActivities;
        Func<bool> next = file.Csv.Read;
        while (rows.Guard(next))
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Row();
            if (file.Csv.FieldCount != rows.Header.Count)
            {
                // Only where the file has no header of its own; else the reader has seen to it.
                rows.WrongFieldCount(file.Csv.RowNumber, file.Csv.FieldCount);
                continue;
            }

            object? record = reader.TryRead(file.Csv, out RecordReader.Defect defect);
            if (record is null)
                rows.BadField(file.Csv.RowNumber, defect);
            else if (seen is not null && record is SalesActivityRecord activity && !seen.Add(activity.ActivityId))
                rows.Repeated();
            else
                yield return record;
        }

        progress.End();
        rows.Finish();
    }
}
