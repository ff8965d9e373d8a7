using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;
#if NET
using System.Collections.ObjectModel;
#endif

namespace LinkedInExports.Core.DataReaders;

/// <summary>
/// Reads the rows of all files of one export type, in constant memory. It ends only after each file was compared with its
/// manifest: at a difference, <see cref="Read"/> throws, so that a load is rolled back.
/// </summary>
/// <remarks>
/// After an exception, each further call of <see cref="Read"/> throws the same one. A closed reader throws as well: false means
/// that all rows were read and verified. Not thread-safe, except for <see cref="Cancel"/>.
/// </remarks>
[SuppressMessage("Design", "CA1010", Justification = "ADO.NET enumerates readers as DbDataRecord, without a generic interface.")]
public sealed class ExportDataReader : TypedDataReader
#if NET
        , IDbColumnSchemaGenerator
#endif
{
    private readonly ReaderSchema _schema;
    private readonly ExportRow _row;
    private readonly ExportRows _rows;
    private readonly CancellationTokenSource _cancelSource = new();
    private readonly CancellationToken _cancelToken;
    private bool? _hasRows;
    private bool _isReadAhead;
    private bool _hasCurrentRow;
    private bool _isClosed;
    private ExceptionDispatchInfo? _failure;

    private ExportDataReader(ExportPartSet files, DataReaderOptions options)
    {
        ExportColumn[] columns = ExportColumns.Create(files, options.IncludesSource);
        _schema = new ReaderSchema(columns);
        _row = new ExportRow(columns);
        _rows = new ExportRows(files, _row, options);
        _cancelToken = _cancelSource.Token;
    }

    /// <inheritdoc/>
    public override int FieldCount => _schema.Count;

    /// <inheritdoc/>
    public override bool IsClosed => _isClosed;

    /// <summary>Whether the files have a row. This reads the first row.</summary>
    public override bool HasRows
    {
        get
        {
            if (_hasRows is null)
                _isReadAhead = ReadNext();
            return _hasRows!.Value;
        }
    }

    /// <summary>The number of malformed rows that were skipped.</summary>
    public long SkippedRowCount => _rows.Skipped.Count;

    /// <summary>The errors of the first 1,000 skipped rows.</summary>
    public IReadOnlyList<LinkedInException> SkippedRowErrors => _rows.Skipped.Errors;

    /// <summary>Creates a reader, after the manifests and headers of all files were read and compared.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="options">The settings.</param>
    /// <param name="diagnostics">Receives the warnings about columns.</param>
    /// <param name="cancellationToken">A token to cancel this method. To cancel the reader, call <see cref="Cancel"/>.</param>
    /// <exception cref="LinkedInException">
    /// A file cannot be read or verified, or the files are not the parts of jobs of one export type.
    /// </exception>
    public static ExportDataReader Create(
        IReadOnlyList<string> paths,
        DataReaderOptions options,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) => new(new ExportPartLoader(options, diagnostics).Load(paths, cancellationToken), options);

    /// <inheritdoc/>
    [MethodImpl(JitOptions.Optimized)]
    public override bool Read()
    {
        if (_isReadAhead)
        {
            EnsureOpen();
            _isReadAhead = false;
            return _hasCurrentRow = true;
        }

        return _hasCurrentRow = ReadNext();
    }

    /// <summary>Reads and verifies the remaining rows. There is no other result.</summary>
    public override bool NextResult()
    {
        while (Read()) { }
        return false;
    }

    /// <summary>Makes the current or next call of <see cref="Read"/> throw.</summary>
    public void Cancel()
    {
        try
        {
            _cancelSource.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The reader was closed in the meantime.
        }
    }

    /// <inheritdoc/>
    public override void Close()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _hasCurrentRow = false;
        _rows.Dispose();
        _cancelSource.Dispose();
    }

    /// <inheritdoc/>
    public override string GetName(int ordinal) => _schema[ordinal].Name;

    /// <inheritdoc/>
    public override int GetOrdinal(string name) => _schema.GetOrdinal(name);

    /// <inheritdoc/>
    public override Type GetFieldType(int ordinal) => _schema[ordinal].DataType;

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal)
    {
        EnsureRow();
        return _row.IsNull(ordinal);
    }

    /// <inheritdoc/>
    public override object GetValue(int ordinal)
    {
        EnsureRow();
        return _row.GetValue(ordinal);
    }

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        EnsureRow();
        int count = Math.Min(values.Length, FieldCount);
        for (int ordinal = 0; ordinal < count; ordinal++)
            values[ordinal] = _row.GetValue(ordinal);
        return count;
    }

    /// <inheritdoc/>
    public override string GetString(int ordinal)
    {
        EnsureValue(ordinal, typeof(string));
        return _row.GetText(ordinal);
    }

    /// <inheritdoc/>
    public override long GetInt64(int ordinal)
    {
        EnsureValue(ordinal, typeof(long));
        return _row.GetInteger(ordinal);
    }

    /// <summary>Gets a time, whose kind is UTC.</summary>
    public override DateTime GetDateTime(int ordinal)
    {
        EnsureValue(ordinal, typeof(DateTime));
        return _row.GetTime(ordinal);
    }

    /// <inheritdoc/>
    public override DataTable GetSchemaTable() => _schema.CreateTable();

#if NET
    /// <summary>Gets the description of the columns.</summary>
    public ReadOnlyCollection<DbColumn> GetColumnSchema() => _schema.CreateColumns();
#endif

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    [MethodImpl(JitOptions.Optimized)]
    private bool ReadNext()
    {
        EnsureOpen();
        _failure?.Throw();
        try
        {
            bool hasRow = _rows.Read(_cancelToken);
            _hasRows ??= hasRow;
            return hasRow;
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            _hasCurrentRow = false;
            _rows.Dispose();
            throw;
        }
    }

    private void EnsureOpen()
    {
        if (_isClosed)
            throw new InvalidOperationException("The reader is closed.");
    }

    private void EnsureRow()
    {
        if (!_hasCurrentRow)
        {
            EnsureOpen();
            throw new InvalidOperationException("The reader has no current row. Call Read, which returns true for a row.");
        }
    }

    private void EnsureValue(int ordinal, Type type)
    {
        ExportColumn column = _schema[ordinal];
        if (column.DataType != type)
        {
            throw new InvalidCastException($"The column {column.Name} has the type {column.DataType.Name} and not {type.Name}.");
        }

        if (IsDBNull(ordinal))
            throw new InvalidCastException($"The column {column.Name} is null. Call IsDBNull first.");
    }
}
