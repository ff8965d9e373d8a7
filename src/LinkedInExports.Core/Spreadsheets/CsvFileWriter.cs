using CsvHelper;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Spreadsheets;

/// <summary>
/// Writes records to a CSV file that spreadsheets open without changing values. The columns are the properties of the first
/// record, or the columns of the file to which records are appended. The file is replaced when all records are written.
/// </summary>
public sealed class CsvFileWriter : IDisposable
{
    private readonly CsvFileOptions _options;
    private readonly AtomicFileWriter _file;
    private readonly CsvWriter _csv;
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _isAppending;
    private object?[] _row = [];

    private CsvFileWriter(FileSystem files, CsvFileOptions options, AtomicFileWriter file)
    {
        _options = options;
        _file = file;
        ExistingCsv? existing = options.Append ? ExistingCsv.CopyTo(file.Stream, files, options) : null;
        if (existing is not null)
        {
            SetColumns(options.Raw ? existing.Columns : existing.Columns.Select(FormulaEscape.Remove));
            _isAppending = true;
        }

        _csv = CsvWriter.Create(
            file.Stream,
            new CsvWriterOptions
            {
                Separator = options.Delimiter,
                WriteByteOrderMark = !options.Raw && existing is null,
                Injection = options.Raw ? CsvInjection.None : CsvInjection.Escape,
                InjectionCharacters = FormulaEscape.FirstCharacters,
            },
            leaveOpen: true
        );
    }

    /// <summary>Creates a writer. The file is not changed until <see cref="Commit"/>.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.FileExists"/>, <see cref="LinkedInErrorId.FileReadFailed"/>,
    /// <see cref="LinkedInErrorId.FileWriteFailed"/> or <see cref="LinkedInErrorId.DuplicateColumn"/>.
    /// </exception>
    public static CsvFileWriter Open(CsvFileOptions options) => Open(FileSystem.Real, options);

    internal static CsvFileWriter Open(FileSystem files, CsvFileOptions options)
    {
        if (options.NoClobber && !options.Append)
            OutputFile.EnsureNew(options.Path);

        var file = AtomicFileWriter.Open(files, options.Path);
        try
        {
            return new CsvFileWriter(files, options, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a record.</summary>
    /// <param name="properties">The names and values of its properties.</param>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.ColumnMismatch"/>: the properties differ from the columns.
    /// <see cref="LinkedInErrorId.FileWriteFailed"/>.
    /// </exception>
    public void Write(IReadOnlyList<KeyValuePair<string, object?>> properties)
    {
        if (_columns.Count == 0)
            WriteHeader(properties);
        Array.Clear(_row, 0, _row.Length);
        foreach (KeyValuePair<string, object?> property in properties)
        {
            if (_indexes.TryGetValue(property.Key, out int index))
                _row[index] = property.Value;
            else if (!_options.Force)
                throw CreateMismatchError($"has the property '{property.Key}', which is not a column");
        }

        if (_isAppending && !_options.Force)
            RequireAllColumns(properties);
        FileErrors.TranslateWrite(_options.Path, WriteRow);
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    public void Commit()
    {
        FileErrors.TranslateWrite(_options.Path, _csv.Dispose);
        _file.Flush();
        _file.Commit();
    }

    /// <summary>Discards the records if they were not committed.</summary>
    public void Dispose()
    {
        try
        {
            _csv.Dispose(); // Writes the rest of its buffer to the partial file.
        }
        catch (IOException)
        {
            // The partial file is deleted.
        }
        finally
        {
            _file.Dispose();
        }
    }

    private void RequireAllColumns(IReadOnlyList<KeyValuePair<string, object?>> properties)
    {
        foreach (string column in _columns)
        {
            if (!properties.Any(property => property.Key.Equals(column, StringComparison.OrdinalIgnoreCase)))
                throw CreateMismatchError($"does not have the column '{column}'");
        }
    }

    private void WriteHeader(IReadOnlyList<KeyValuePair<string, object?>> properties)
    {
        if (properties.Count == 0)
            throw CreateMismatchError("has no properties");
        SetColumns(properties.Select(property => property.Key));
        string[] header = _options.Raw ? [.. _columns] : [.. _columns.Select(FormulaEscape.EscapeParts)];
        FileErrors.TranslateWrite(_options.Path, () => _csv.WriteRecord(header));
    }

    private void SetColumns(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (_indexes.ContainsKey(name))
            {
                throw new LinkedInException(LinkedInErrorId.DuplicateColumn, $"{_options.Path} would have two columns '{name}'.")
                {
                    Target = _options.Path,
                };
            }

            _indexes.Add(name, _columns.Count);
            _columns.Add(name);
        }

        _row = new object?[_columns.Count];
    }

    private void WriteRow()
    {
        foreach (object? value in _row)
            CsvValue.Write(_csv, value, _options.Raw);
        _csv.EndRecord();
    }

    private LinkedInException CreateMismatchError(string problem) =>
        new(LinkedInErrorId.ColumnMismatch, $"A record for {_options.Path} {problem}. The file was not changed.")
        {
            Target = _options.Path,
        };
}
