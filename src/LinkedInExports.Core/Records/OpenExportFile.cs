using System.Globalization;
using CsvHelper;
using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Exports.Saving;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Records;

/// <summary>An export file whose header has been read, and none of its rows.</summary>
internal sealed class OpenExportFile : IDisposable
{
    private OpenExportFile(FileStream stream, long length, CsvReader csv, RowLog rows, ExportKind kind, Layout layout)
    {
        Stream = stream;
        Length = length;
        Csv = csv;
        Rows = rows;
        Kind = kind;
        Layout = layout;
    }

    internal FileStream Stream { get; }

    /// <summary>In bytes, when it was opened.</summary>
    internal long Length { get; }

    internal CsvReader Csv { get; }

    internal RowLog Rows { get; }

    internal ExportKind Kind { get; }

    internal Layout Layout { get; }

    /// <summary>Opens a file and finds out what it contains.</summary>
    /// <returns>Null for an empty one, which says nothing about itself.</returns>
    /// <exception cref="LinkedInException">It cannot be read, or its columns are not those of an export.</exception>
    internal static OpenExportFile? TryOpen(string path, ImportOptions options, IMessages messages)
    {
        FileStream file = FileFailure.WhenReading(
            path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan));
        CsvReader? csv = null;
        OpenExportFile? opened = null;
        try
        {
            long length = FileFailure.WhenReading(path, () => file.Length);
            if (length == 0)
                return null;

            ExportManifest? manifest = ManifestOf(path, length, messages);
            bool hasHeader = manifest?.HasHeader ?? true;
            var rows = new RowLog(path, hasHeader, options.MalformedRow, messages);
            csv = CsvReader.Create(file, CsvDialect.Strict(hasHeader, rows.Malformed), leaveOpen: true);

            IReadOnlyList<string> header = hasHeader ? rows.Guard(() => csv.Headers) : manifest!.Columns;
            rows.Header = header;
            ExportKind kind = options.Kind ?? manifest?.Kind ?? KindOf(header, path);
            return opened = new OpenExportFile(file, length, csv, rows, kind, Layout.Of(header, kind, path));
        }
        finally
        {
            if (opened is null)
            {
                csv?.Dispose();
                file.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Csv.Dispose();
        Stream.Dispose();
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
