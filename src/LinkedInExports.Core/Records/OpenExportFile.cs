using System.Text;
using CsvHelper;
using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Exports.Saving;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Records;

/// <summary>An export file whose header has been read, and none of its rows.</summary>
internal sealed class OpenExportFile : IDisposable
{
    private OpenExportFile(FileStream stream, ExportText text, CsvReader csv, RowLog rows, ExportKind kind, Layout layout)
    {
        Stream = stream;
        Text = text;
        Csv = csv;
        Rows = rows;
        Kind = kind;
        Layout = layout;
    }

    internal FileStream Stream { get; }

    internal ExportText Text { get; }

    internal CsvReader Csv { get; }

    internal RowLog Rows { get; }

    internal ExportKind Kind { get; }

    internal Layout Layout { get; }

    /// <summary>Opens a file and finds out what it contains.</summary>
    /// <returns>Null for a file without text, which says nothing about itself.</returns>
    /// <exception cref="LinkedInException">It cannot be read, or its columns are not those of an export.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    internal static OpenExportFile? TryOpen(string path, ImportOptions options, ICommandOutput messages, CancellationToken cancellationToken)
    {
        FileStream file = ExportInput.Open(path, cancellationToken);
        CsvReader? csv = null;
        OpenExportFile? opened = null;
        try
        {
            ExportManifest? manifest = ManifestOf(path, file, messages);
            ExportText text = FileErrors.TranslateRead(path, () => ExportText.Open(ExportInput.Bytes(file, cancellationToken), options.Encoding));
            if (text.Head.IsEmpty)
                return null;

            bool hasHeader = manifest?.HasHeader ?? true;
            char delimiter = options.Delimiter ?? Delimiters.Find(text.Head, hasHeader ? null : manifest!.Columns.Length);
            var rows = new RowLog(path, options.MalformedRow, messages);
            csv = CsvReader.Create(text, CsvDialect.Strict(delimiter, rows.Malformed), leaveOpen: true);

            IReadOnlyList<string> header = hasHeader ? ReadHeader(csv, text, rows) : manifest!.Columns;
            rows.Header = header;
            ExportKind kind = options.Kind ?? manifest?.Kind ?? KindOf(header, path);
            Layout layout = Layout.Of(header, kind, path);
            CheckColumns(layout, header, kind, path, options, isSurelyHeader: manifest is not null, messages);
            return opened = new OpenExportFile(file, text, csv, rows, kind, layout);
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

    /// <summary>What is wrong with the current row where its bytes are not valid in the encoding of the file; null for nothing.</summary>
    internal static RecordReader.Defect? FindInvalidText(CsvReader row, ExportText text)
    {
        if (Utf8Text.IsValid(row.RawRecord))
            return null;
        int field = 0;
        while (field < row.FieldCount - 1 && Utf8Text.IsValid(row.GetRawSpan(field)))
            field++;
        return new RecordReader.Defect(field, $"has bytes that are not valid {text.Encoding.WebName}");
    }

    private static string[] ReadHeader(CsvReader csv, ExportText text, RowLog rows)
    {
        Func<bool> read = csv.Read;
        if (!rows.Guard(read))
            return [];
        return FindInvalidText(csv, text) is { } defect ? throw rows.BadHeader(defect) : csv.Current.ToArray();
    }

    /// <summary>The manifest, if it still speaks of this file: people edit files, and may.</summary>
    private static ExportManifest? ManifestOf(string path, FileStream file, ICommandOutput messages)
    {
        ExportManifest? manifest = file.CanSeek ? ExportManifest.TryLoadFor(path) : null;
        if (manifest is null)
            return null;

        long length = FileErrors.TranslateRead(path, () => file.Length);
        if (manifest.Length != length)
            messages.Warning($"{path} has changed since it was saved: it has {length} bytes and had {manifest.Length}. It is read as it is now.");
        return manifest;
    }

    private static ExportKind KindOf(IReadOnlyList<string> header, string path) =>
        Columns.KindOf(header) ?? throw new LinkedInException(
            LinkedInErrorId.UnknownExportKind,
            $"{path}: the first row ({Columns.Describe(header)}) is the header of no export of LinkedIn that is known here.")
        { Target = path };

    /// <summary>Warns of missing columns, or refuses the file.</summary>
    private static void CheckColumns(
        Layout layout, IReadOnlyList<string> header, ExportKind kind, string path, ImportOptions options, bool isSurelyHeader, ICommandOutput messages)
    {
        if (layout.Missing.Count == 0)
            return;

        string missing = string.Join(", ", layout.Missing);
        // Without a single name, the first row may be data that would be lost.
        if (options.Strict || (!isSurelyHeader && !Columns.IsHeader(header, kind)))
        {
            throw new LinkedInException(
                LinkedInErrorId.ColumnMissing, $"{path}: the header lacks {missing}; it has {Columns.Describe(header)}.")
            { Target = path };
        }

        messages.Warning($"{path}: the header lacks {missing}. These properties are null in every record.");
    }
}
