using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>An open export file whose header has been read.</summary>
internal sealed class ExportFileHandle : IDisposable
{
    private Func<bool>? _readNext;

    internal required FileStream Stream { get; init; }

    internal required ExportText Text { get; init; }

    internal required CsvReader Csv { get; init; }

    internal required RowErrorReporter Errors { get; init; }

    internal required ExportType ExportType { get; init; }

    internal required ColumnMap Columns { get; init; }

    /// <summary>The source of the records.</summary>
    internal required RecordSource Source { get; init; }

    /// <summary>Opens a file and detects its type.</summary>
    /// <returns>Null for an empty file.</returns>
    /// <exception cref="LinkedInException">The file cannot be read, or its columns are not those of an export.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    internal static ExportFileHandle? TryOpen(
        string path,
        ImportOptions options,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        FileStream file = ExportInput.Open(path, cancellationToken);
        ExportFileHandle? opened = null;
        try
        {
            ExportManifest? manifest = LoadManifest(path, file, diagnostics);
            var input = new ExportFileInput(path, file, ExportInput.ToByteStream(file, cancellationToken), manifest);
            return opened = TryReadHeader(input, options, diagnostics);
        }
        finally
        {
            if (opened is null)
                file.Dispose();
        }
    }

    /// <summary>Reads the header of an open file and detects its type.</summary>
    /// <returns>Null for an empty file. The caller disposes the file then, and after an exception.</returns>
    /// <exception cref="LinkedInException">The file cannot be read, or its columns are not those of an export.</exception>
    /// <exception cref="OperationCanceledException">The token of a pipe was canceled.</exception>
    internal static ExportFileHandle? TryReadHeader(ExportFileInput input, ImportOptions options, IDiagnostics diagnostics)
    {
        (string path, FileStream file, Stream content, ExportManifest? manifest) = input;
        ExportText text = FileErrors.TranslateRead(path, () => ExportText.Open(content, options.Encoding));
        if (text.Head.IsEmpty)
            return null;

        bool hasHeader = manifest?.HasHeader ?? true;
        char delimiter = options.Delimiter ?? Delimiters.Detect(text.Head, hasHeader ? null : manifest!.Columns.Length);
        var errors = new RowErrorReporter(path, options.MalformedRow, diagnostics);
        CsvReader csv = CsvReader.Create(text, CsvDialect.ForRecords(delimiter, errors.ReportMalformed), leaveOpen: true);
        ExportFileHandle? opened = null;
        try
        {
            IReadOnlyList<string> header = hasHeader ? ReadHeader(csv, text, errors) : manifest!.Columns;
            errors.Header = header;
            ExportType exportType = options.ExportType ?? manifest?.ExportType ?? GetExportType(header, path);
            if (manifest is null && options.ExportType is null)
                EnsureNotConverted(header, exportType, path);
            ColumnMap columns = ColumnMap.Create(header, exportType, path);
            CheckColumns(columns, header, exportType, path, options, isCertainlyHeader: manifest is not null, diagnostics);
            return opened = new ExportFileHandle
            {
                Stream = file,
                Text = text,
                Csv = csv,
                Errors = errors,
                ExportType = exportType,
                Columns = columns,
                Source = CreateSource(path, manifest),
            };
        }
        finally
        {
            if (opened is null)
                csv.Dispose();
        }
    }

    /// <summary>
    /// Reads the next row that has a value for each column, in valid text. The rows before it that do not are reported.
    /// </summary>
    [MethodImpl(JitOptions.Optimized)]
    internal bool ReadRow(CancellationToken cancellationToken)
    {
        int columns = Errors.Header!.Count;
        _readNext ??= Csv.Read;
        while (Errors.Guard(_readNext))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Csv.FieldCount != columns)
            {
                if (CsvDialect.IsBlankLine(Csv))
                    continue;
                Errors.BeginRow();
                Errors.ReportWrongFieldCount(Csv.FieldCount);
                continue;
            }

            Errors.BeginRow();
            if (Text.IsAscii || FindInvalidText(Csv, Text) is not { } invalid)
                return true;
            Errors.ReportInvalidField(invalid);
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Csv.Dispose();
        Stream.Dispose();
    }

    /// <summary>Finds invalid bytes in the current row, or returns null.</summary>
    private static RecordReader.FieldError? FindInvalidText(CsvReader row, ExportText text)
    {
        if (Utf8Validator.IsValid(row.RawRecord))
            return null;
        int field = 0;
        while (field < row.FieldCount - 1 && Utf8Validator.IsValid(row.GetRawSpan(field)))
            field++;
        return new RecordReader.FieldError(field, $"has bytes that are not valid {text.Encoding.WebName}");
    }

    private static string[] ReadHeader(CsvReader csv, ExportText text, RowErrorReporter errors)
    {
        Func<bool> read = csv.Read;
        if (!errors.Guard(read))
            return [];
        return FindInvalidText(csv, text) is { } error ? throw errors.CreateInvalidHeaderError(error) : csv.Current.ToArray();
    }

    /// <summary>Gets the manifest, or null. Warns if the length of the file has changed since it was saved.</summary>
    private static ExportManifest? LoadManifest(string path, FileStream file, IDiagnostics diagnostics)
    {
        ExportManifest? manifest = file.CanSeek ? ExportManifest.TryLoadFor(path) : null;
        if (manifest is null)
            return null;

        long length = FileErrors.TranslateRead(path, () => file.Length);
        if (manifest.Length != length)
        {
            diagnostics.Warning(
                $"{path} was modified after it was saved: it has {length} bytes and had {manifest.Length}. Its current content "
                    + "is read."
            );
        }

        return manifest;
    }

    private static ExportType GetExportType(IReadOnlyList<string> header, string path) =>
        ExportSchema.DetectExportType(header)
        ?? throw new LinkedInException(
            LinkedInErrorId.UnknownExportType,
            $"{path}: the first row ({ExportSchema.DescribeHeader(header)}) is not the header of a known export type."
        )
        {
            Target = path,
        };

    private static void EnsureNotConverted(IReadOnlyList<string> header, ExportType exportType, string path)
    {
        if (ConvertedFile.HasPropertyNames(header, exportType) && ConvertedFile.IsConverted(path))
        {
            throw new LinkedInException(
                LinkedInErrorId.ConvertedFile,
                $"{path} is not a file of LinkedIn: Export-Csv or a runbook wrote it from records."
            )
            {
                Target = path,
            };
        }
    }

    private static RecordSource CreateSource(string path, ExportManifest? manifest)
    {
        string? owner = manifest?.Owner is { Length: > 0 } known ? known : null;
        bool isContract = manifest?.ExportType != ExportType.CrmValidation;
        return new RecordSource(path, manifest?.JobId, isContract ? owner : null, isContract ? null : owner);
    }

    /// <summary>Warns about missing columns, or rejects the file.</summary>
    private static void CheckColumns(
        ColumnMap columns,
        IReadOnlyList<string> header,
        ExportType exportType,
        string path,
        ImportOptions options,
        bool isCertainlyHeader,
        IDiagnostics diagnostics
    )
    {
        if (columns.Missing.Count == 0)
            return;

        string missing = string.Join(", ", columns.Missing);
        // Without a documented column, the first row may be data, which must not be skipped.
        if (options.Strict || (!isCertainlyHeader && !ExportSchema.HasAnyDocumentedColumn(header, exportType)))
        {
            throw new LinkedInException(
                LinkedInErrorId.MissingColumn,
                $"{path}: the header does not have {missing}. It has {ExportSchema.DescribeHeader(header)}."
            )
            {
                Target = path,
            };
        }

        diagnostics.Warning($"{path}: the header does not have {missing}. These properties are null in all records.");
    }
}
