using System.Globalization;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Comparison;

/// <summary>Finds in which records two exports of one kind differ, on bounded memory however large they are.</summary>
/// <remarks>
/// Both sides are sorted by key, on the disk where they do not fit into memory, and gone over side by side. So the order of
/// the differences is that of the keys, compared by their UTF-8 bytes. Rows that have the same key within one side are
/// compared as a heap in which the order says nothing: equal rows cancel out, of the others pairs are changes, and what
/// is left over was added or is gone.
/// </remarks>
public sealed class ExportComparer
{
    private readonly ComparisonOptions _options;
    private readonly ComparisonColumns _columns;
    private readonly ExportType _exportType;
    private readonly RowCodec _codec;
    private readonly ICommandOutput _output;
    private readonly CancellationToken _cancellationToken;

    private ExportComparer(ComparisonOptions options, ExportType exportType, ComparisonColumns columns, ICommandOutput output, CancellationToken cancellationToken)
    {
        _options = options;
        _exportType = exportType;
        _columns = columns;
        _codec = new RowCodec(exportType, columns);
        _output = output;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Compares and outputs each <see cref="ExportDifference"/>.</summary>
    /// <param name="options">What to compare.</param>
    /// <param name="output">Hears the differences, what they were found by, and of keys that are there twice.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// A file cannot be read to its end, or is of another kind; then nothing has been output, for what is missing from one
    /// side would look as if it were gone.
    /// </exception>
    public static void Run(ComparisonOptions options, ICommandOutput output, CancellationToken cancellationToken)
    {
        try
        {
            Compare(options, output, cancellationToken);
        }
        catch (Exception exception) when (exception is not (LinkedInException or OperationCanceledException))
        {
            throw LinkedInException.FromUnexpected("compare the exports", exception);
        }
    }

    private static void Compare(ComparisonOptions options, ICommandOutput output, CancellationToken cancellationToken)
    {
        List<ComparedFile> files = ComparedFile.ReadHeaders(
            options.ReferencePaths.Concat(options.DifferencePaths), options.ToImportOptions(options.ExportType), cancellationToken);
        if (files.Count == 0)
            return; // Empty files: they have nothing, and that is no difference.

        ComparedFile first = files[0];
        if (files.FirstOrDefault(file => file.ExportType != first.ExportType) is { } other)
        {
            throw new LinkedInException(
                LinkedInErrorId.ExportTypeMismatch,
                $"{first.Path} is an export of kind {first.ExportType}, and {other.Path} one of kind {other.ExportType}.")
            { Target = other.Path };
        }

        ComparisonColumns columns = ComparisonColumns.Select(first.ExportType, files, options.Key);
        Describe(columns, output);
        new ExportComparer(options, first.ExportType, columns, output, cancellationToken).Compare();
    }

    private static void Describe(ComparisonColumns columns, ICommandOutput output)
    {
        output.Verbose(columns.IsWholeRow
            ? "The rows have no key: they are the same when all their values are."
            : $"The rows are told apart by {string.Join(" and ", columns.Key)}.");
        if (columns.Warning is not null)
            output.Warning(columns.Warning);
        if (columns.Ignored.Count > 0)
            output.Warning($"Not all of the files have the columns {string.Join(", ", columns.Ignored)}, so these are not compared.");
    }

    private void Compare()
    {
        using ExternalSorter reference = new(_options, _cancellationToken);
        using ExternalSorter difference = new(_options, _cancellationToken);
        var before = new Side("reference", SortRows(reference, _options.ReferencePaths));
        var after = new Side("difference", SortRows(difference, _options.DifferencePaths));

        // Empty between two keys.
        using var removed = new SpillQueue(_options);
        using var added = new SpillQueue(_options);
        while (before.HasRow || after.HasRow)
        {
            int order = !before.HasRow ? 1 : !after.HasRow ? -1 : before.Row.Key.SequenceCompareTo(after.Row.Key);
            byte[] key = (order <= 0 ? before : after).Row.Key.ToArray();
            before.BeginGroup(key);
            after.BeginGroup(key);
            CompareGroup(before, removed, after, added);
        }

        Emit(before);
        Emit(after);
    }

    private RowCursor SortRows(ExternalSorter rows, IEnumerable<string> paths)
    {
        ImportOptions import = _options.ToImportOptions(_exportType);
        foreach (string path in paths)
        {
            foreach (object record in ExportFileReader.Read(path, import, _output, _cancellationToken))
                rows.Add(_codec.Encode(record));
        }

        return rows.Read();
    }

    /// <summary>
    /// Compares all rows that have one key. They come in order, so equal ones meet; one without an equal waits for one of
    /// the other side, or takes the first that waits there.
    /// </summary>
    private void CompareGroup(Side before, SpillQueue removed, Side after, SpillQueue added)
    {
        while (before.IsInGroup || after.IsInGroup)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int order = !before.IsInGroup ? 1 : !after.IsInGroup ? -1 : before.Row.Compared.SequenceCompareTo(after.Row.Compared);
            if (order < 0 && added.IsEmpty)
                removed.Enqueue(before.Row);
            else if (order < 0)
                EmitChanged(before.Row, added.Dequeue());
            else if (order > 0 && removed.IsEmpty)
                added.Enqueue(after.Row);
            else if (order > 0)
                EmitChanged(removed.Dequeue(), after.Row);

            if (order <= 0)
                before.MoveNext();
            if (order >= 0)
                after.MoveNext();
        }

        for (; !removed.IsEmpty; _cancellationToken.ThrowIfCancellationRequested())
            EmitOneSided(ExportChange.Removed, removed.Dequeue());
        for (; !added.IsEmpty; _cancellationToken.ThrowIfCancellationRequested())
            EmitOneSided(ExportChange.Added, added.Dequeue());
    }

    private void EmitOneSided(ExportChange change, Row row)
    {
        object record = _codec.Decode(row);
        _output.Output(new ExportDifference
        {
            Change = change,
            ExportType = _exportType,
            Key = _codec.FormatKey(row),
            Reference = change == ExportChange.Removed ? record : null,
            Difference = change == ExportChange.Added ? record : null,
        });
    }

    private void EmitChanged(Row reference, Row difference) => _output.Output(new ExportDifference
    {
        Change = ExportChange.Changed,
        ExportType = _exportType,
        Key = _codec.FormatKey(reference),
        Reference = _codec.Decode(reference),
        Difference = _codec.Decode(difference),
        ChangedColumns = _codec.GetChangedColumns(reference, difference),
    });

    private void Emit(Side side)
    {
        if (side.RepeatedCount == 0)
            return;

        string text = string.Format(
            CultureInfo.InvariantCulture,
            _columns.IsWholeRow
                ? "In the {1}, {0} rows are the same as another one; each counts."
                : "In the {1}, {0} rows have the same {2} as another one. Equal rows were set against each other, and the others in the order of their values.",
            side.RepeatedCount,
            side.Name,
            string.Join(" and ", _columns.Key));
        if (_columns.IsWholeRow)
            _output.Verbose(text);
        else
            _output.Warning(text);
    }

    /// <summary>One of the two exports, in order.</summary>
    private sealed class Side
    {
        private readonly RowCursor _rows;
        private byte[] _key = [];

        internal Side(string name, RowCursor rows)
        {
            Name = name;
            _rows = rows;
            HasRow = rows.MoveNext();
        }

        internal string Name { get; }

        internal bool HasRow { get; private set; }

        internal bool IsInGroup { get; private set; }

        /// <summary>Rows whose key another one of this side has, too.</summary>
        internal long RepeatedCount { get; private set; }

        internal Row Row => _rows.Current;

        internal void BeginGroup(byte[] key)
        {
            _key = key;
            IsInGroup = HasKey();
        }

        internal void MoveNext()
        {
            HasRow = _rows.MoveNext();
            IsInGroup = HasKey();
            if (IsInGroup)
                RepeatedCount++;
        }

        private bool HasKey() => HasRow && Row.Key.SequenceEqual(_key);
    }
}
