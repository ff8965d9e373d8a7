using System.Runtime.CompilerServices;
using CsvHelper;
using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.DataReaders;

/// <summary>
/// The current row of a reader. Numbers and times are parsed when the row is read, because an invalid one makes it malformed.
/// Texts are decoded on demand.
/// </summary>
internal sealed class ExportRow
{
    /// <summary>The number of a value that is null.</summary>
    private const long Null = long.MinValue;

    private const long UnixEpochTicks = 621_355_968_000_000_000;

    private readonly ExportColumn[] _columns;
    private readonly int[] _fields;
    private readonly long[] _numbers;
    private readonly string?[] _sourceTexts;

    /// <summary>The columns whose values are validated, and that of the row number.</summary>
    private readonly int[] _validated;
    private readonly int _rowNumber;
    private ExportFileHandle? _file;

    internal ExportRow(ExportColumn[] columns)
    {
        _columns = columns;
        _fields = new int[columns.Length];
        _numbers = new long[columns.Length];
        _sourceTexts = new string?[columns.Length];
        _validated =
        [
            .. Enumerable
                .Range(0, columns.Length)
                .Where(ordinal =>
                    columns[ordinal].Format
                        is ColumnFormat.Key
                            or ColumnFormat.Integer
                            or ColumnFormat.Milliseconds
                            or ColumnFormat.ActivityTime
                ),
        ];
        _rowNumber = Array.FindIndex(
            columns,
            column => column is { Format: ColumnFormat.SourceInteger, Name: nameof(ExportRecord.RowNumber) }
        );
    }

    private CsvReader Csv => _file!.Csv;

    /// <summary>Assigns the columns to the fields of a file.</summary>
    internal void Attach(ExportFileHandle file)
    {
        _file = file;
        for (int ordinal = 0; ordinal < _columns.Length; ordinal++)
        {
            ExportColumn column = _columns[ordinal];
            _fields[ordinal] = IndexOf(file.Columns, column);
            _numbers[ordinal] = column.Format == ColumnFormat.SourceInteger ? file.Source.JobId ?? Null : Null;
            _sourceTexts[ordinal] =
                column.Format != ColumnFormat.SourceText ? null
                : column.Name == nameof(ExportRecord.Contract) ? file.Source.Contract
                : column.Name == nameof(ExportRecord.CrmInstanceId) ? file.Source.CrmInstanceId
                : file.Source.FilePath;
        }
    }

    /// <summary>Validates the row that the file has read.</summary>
    [MethodImpl(JitOptions.Optimized)]
    internal bool TryRead(out RecordReader.FieldError error)
    {
        error = default;
        CsvReader csv = Csv;
        foreach (int ordinal in _validated)
        {
            int field = _fields[ordinal];
            if (field >= 0 && Validate(csv, ordinal, field) is { } reason)
                error = new RecordReader.FieldError(field, reason);
        }

        if (_rowNumber >= 0)
            _numbers[_rowNumber] = _file!.Errors.Row;
        return error.Reason is null;
    }

    [MethodImpl(JitOptions.Optimized)]
    internal bool IsNull(int ordinal)
    {
        ExportColumn column = _columns[ordinal];
        if (column.DataType != typeof(string))
            return _numbers[ordinal] == Null;
        int field = _fields[ordinal];
        return field < 0 ? _sourceTexts[ordinal] is null : column.Format == ColumnFormat.OptionalText && Csv.IsEmpty(field);
    }

    /// <summary>Gets a value of the type of its column, or DBNull.</summary>
    [MethodImpl(JitOptions.Optimized)]
    internal object GetValue(int ordinal)
    {
        if (IsNull(ordinal))
            return DBNull.Value;
        Type type = _columns[ordinal].DataType;
        return type == typeof(string) ? GetText(ordinal)
            : type == typeof(long) ? _numbers[ordinal]
            : GetTime(ordinal);
    }

    /// <summary>Gets a time that is not null.</summary>
    internal DateTime GetTime(int ordinal) => new(_numbers[ordinal], DateTimeKind.Utc);

    /// <summary>Gets an integer that is not null.</summary>
    internal long GetInteger(int ordinal) => _numbers[ordinal];

    /// <summary>Gets a text that is not null.</summary>
    internal string GetText(int ordinal) =>
        _fields[ordinal] is >= 0 and var field ? Csv.GetString(field) : _sourceTexts[ordinal]!;

    /// <summary>Parses a value, and returns the reason if it is invalid.</summary>
    [MethodImpl(JitOptions.Optimized)]
    private string? Validate(CsvReader csv, int ordinal, int field)
    {
        ref long number = ref _numbers[ordinal];
        switch (_columns[ordinal].Format)
        {
            case ColumnFormat.Key:
                return csv.IsEmpty(field) ? FieldErrorReasons.Empty : null;
            case ColumnFormat.Integer:
                return csv.TryParse(field, out number) && number != Null ? null : FieldErrorReasons.NotInteger;
            case ColumnFormat.Milliseconds:
                if (!csv.TryParse(field, out long milliseconds) || !EpochMilliseconds.IsInRange(milliseconds))
                    return FieldErrorReasons.NotMilliseconds;
                number = UnixEpochTicks + (milliseconds * TimeSpan.TicksPerMillisecond);
                return null;
            default:
                if (!ActivityTime.TryParse(csv.GetSpan(field), out DateTimeOffset time))
                    return FieldErrorReasons.NotActivityTime;
                number = time.UtcTicks;
                return null;
        }
    }

    /// <summary>Gets the field of a column, or -1.</summary>
    private static int IndexOf(ColumnMap columns, ExportColumn column)
    {
        if (column.DocumentedName is { } documented)
            return columns.IndexOf(documented);
        int extra = Array.FindIndex(columns.ExtraNames, name => name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        return extra >= 0 && column.Format == ColumnFormat.Text ? columns.ExtraIndexes[extra] : -1;
    }
}
