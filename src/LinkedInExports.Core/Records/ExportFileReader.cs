using System.Globalization;
using CsvHelper;
using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Exports.Saving;
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
        using FileStream file = FileFailure.WhenReading(
            path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan));
        long length = FileFailure.WhenReading(path, () => file.Length);
        if (length == 0)
            yield break;

        ExportManifest? manifest = ManifestOf(path, length, messages);
        bool hasHeader = manifest?.HasHeader ?? true;
        var rows = new RowLog(path, hasHeader, options.MalformedRow, messages);
        using CsvReader csv = CsvReader.Create(file, CsvDialect.Strict(hasHeader, rows.Malformed), leaveOpen: true);

        IReadOnlyList<string> header = hasHeader ? rows.Guard(() => csv.Headers) : manifest!.Columns;
        rows.Header = header;
        ExportKind kind = options.Kind ?? manifest?.Kind ?? KindOf(header, path);
        RecordReader reader = RecordReader.For(kind, Layout.Of(header, kind, path));

        var progress = new ImportProgress(file, length, messages, time ?? TimeProvider.System);
        while (rows.Guard(csv.Read))
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Row();
            if (csv.FieldCount != header.Count)
            {
                // Only where the file has no header of its own; else the reader has seen to it.
                rows.WrongFieldCount(csv.RowNumber, csv.FieldCount);
                continue;
            }

            object? record = reader.TryRead(csv, out RecordReader.Defect defect);
            if (record is null)
                rows.BadField(csv.RowNumber, defect);
            else if (record is not SalesActivityRecord activity || options.SeenActivities?.Add(activity.ActivityId) != false)
                yield return record;
            else
                rows.Repeated();
        }

        progress.End();
        rows.Finish();
    }

    /// <summary>The manifest, if it still speaks of this file: people edit files, and may.</summary>
    private static ExportManifest? ManifestOf(string path, long length, IMessages messages)
    {
        ExportManifest? manifest = ExportManifest.Beside(path);
        if (manifest is null || manifest.Length == length)
            return manifest;

        messages.Warning(string.Format(
            CultureInfo.InvariantCulture,
            "{0} has changed since it was saved: it has {1} bytes and had {2}. It is read as it is now.", path, length, manifest.Length));
        return manifest;
    }

    private static ExportKind KindOf(IReadOnlyList<string> header, string path) =>
        Columns.KindOf(header) ?? throw new LinkedInException(
            LinkedInErrorId.UnknownExportKind,
            $"{path}: the first row ({Columns.Describe(header)}) is the header of no export of LinkedIn that is known here.")
        { Target = path };
}
