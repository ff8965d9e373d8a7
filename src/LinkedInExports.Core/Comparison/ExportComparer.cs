using System.Globalization;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Comparison;

/// <summary>Finds the differences of two exports of the same type in bounded memory.</summary>
/// <remarks>
/// Sorts both sides by key, on disk if they do not fit in memory, and merges them. The differences are sorted by the UTF-8
/// bytes of their keys. The order of rows with the same key is not significant: equal rows are matched, remaining rows of
/// both sides are paired as changes, and the others are reported as added or removed.
/// </remarks>
public sealed class ExportComparer
{
    private readonly ComparisonOptions _options;
    private readonly ComparisonColumns _columns;
    private readonly ExportType _exportType;
    private readonly RowCodec _codec;
    private readonly IDiagnostics _diagnostics;
    private readonly CancellationToken _cancellationToken;

    private ExportComparer(
        ComparisonOptions options,
        ExportType exportType,
        ComparisonColumns columns,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        _options = options;
        _exportType = exportType;
        _columns = columns;
        _codec = new RowCodec(exportType, columns);
        _diagnostics = diagnostics;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Compares two exports. The files are read when the first difference is requested.</summary>
    /// <param name="options">The files and how to compare them.</param>
    /// <param name="diagnostics">Receives diagnostic messages, for example about keys that occur more than once.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The differences, in the order of the keys.</returns>
    /// <exception cref="LinkedInException">
    /// A file cannot be read to its end, or the files have different export types. No difference was returned in this case,
    /// because missing records of a side would be reported as removed ones.
    /// </exception>
    public static IEnumerable<ExportDifference> Compare(
        ComparisonOptions options,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        using IEnumerator<ExportDifference> differences = CompareFiles(options, diagnostics, cancellationToken).GetEnumerator();
        while (MoveNext(differences))
            yield return differences.Current;
    }

    private static bool MoveNext(IEnumerator<ExportDifference> differences)
    {
        try
        {
            return differences.MoveNext();
        }
        catch (Exception exception) when (exception is not (LinkedInException or OperationCanceledException))
        {
            throw LinkedInException.FromUnexpected("compare the exports", exception);
        }
    }

    private static IEnumerable<ExportDifference> CompareFiles(
        ComparisonOptions options,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        List<ComparedFile> files = ComparedFile.ReadHeaders(
            options.ReferencePaths.Concat(options.DifferencePaths),
            options.ToImportOptions(options.ExportType),
            cancellationToken
        );
        if (files.Count == 0)
            yield break; // All files are empty.

        ComparedFile first = files[0];
        if (files.FirstOrDefault(file => file.ExportType != first.ExportType) is { } other)
        {
            throw new LinkedInException(
                LinkedInErrorId.ExportTypeMismatch,
                $"{first.Path} is an export of type {first.ExportType}, and {other.Path} is one of type {other.ExportType}."
            )
            {
                Target = other.Path,
            };
        }

        ComparisonColumns columns = ComparisonColumns.Select(first.ExportType, files, options.Key);
        Describe(columns, diagnostics);
        var comparer = new ExportComparer(options, first.ExportType, columns, diagnostics, cancellationToken);
        foreach (ExportDifference difference in comparer.CompareRows())
            yield return difference;
    }

    private static void Describe(ComparisonColumns columns, IDiagnostics diagnostics)
    {
        diagnostics.Verbose(
            columns.IsWholeRow
                ? "The rows have no key and are matched by all of their values."
                : $"The rows are matched by {string.Join(" and ", columns.Key)}."
        );
        if (columns.Warning is not null)
            diagnostics.Warning(columns.Warning);
        if (columns.Ignored.Count > 0)
        {
            diagnostics.Warning(
                $"The columns {string.Join(", ", columns.Ignored)} do not exist in all files and are not compared."
            );
        }
    }

    private IEnumerable<ExportDifference> CompareRows()
    {
        using ExternalSorter reference = new(_options, _cancellationToken);
        using ExternalSorter difference = new(_options, _cancellationToken);
        var before = new Side("reference", SortRows(reference, _options.ReferencePaths));
        var after = new Side("difference", SortRows(difference, _options.DifferencePaths));

        // The rows of the current key that have no match yet. Empty between two keys.
        using var removed = new SpillQueue(_options);
        using var added = new SpillQueue(_options);
        while (before.HasRow || after.HasRow)
        {
            int order =
                !before.HasRow ? 1
                : !after.HasRow ? -1
                : before.Row.Key.SequenceCompareTo(after.Row.Key);
            byte[] key = (order <= 0 ? before : after).Row.Key.ToArray();
            before.BeginGroup(key);
            after.BeginGroup(key);
            while (before.IsInGroup || after.IsInGroup)
            {
                if (CompareNext(before, removed, after, added) is { } changed)
                    yield return changed;
            }

            for (; !removed.IsEmpty; _cancellationToken.ThrowIfCancellationRequested())
                yield return CreateOneSided(ExportChange.Removed, removed.Dequeue());
            for (; !added.IsEmpty; _cancellationToken.ThrowIfCancellationRequested())
                yield return CreateOneSided(ExportChange.Added, added.Dequeue());
        }

        ReportRepetitions(before);
        ReportRepetitions(after);
    }

    private RowCursor SortRows(ExternalSorter rows, IEnumerable<string> paths)
    {
        ImportOptions import = _options.ToImportOptions(_exportType);
        foreach (string path in paths)
        {
            foreach (object record in ExportFileReader.Read(path, import, _diagnostics, _cancellationToken))
                rows.Add(_codec.Encode(record));
        }

        return rows.Read();
    }

    /// <summary>
    /// Compares the next rows of the current key. The rows are sorted, so equal rows meet. A row without an equal row is queued
    /// until the other side has one without a match, and both are paired.
    /// </summary>
    private ExportDifference? CompareNext(Side before, SpillQueue removed, Side after, SpillQueue added)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        int order =
            !before.IsInGroup ? 1
            : !after.IsInGroup ? -1
            : before.Row.Compared.SequenceCompareTo(after.Row.Compared);
        ExportDifference? changed = null;
        if (order < 0 && added.IsEmpty)
            removed.Enqueue(before.Row);
        else if (order < 0)
            changed = CreateChanged(before.Row, added.Dequeue());
        else if (order > 0 && removed.IsEmpty)
            added.Enqueue(after.Row);
        else if (order > 0)
            changed = CreateChanged(removed.Dequeue(), after.Row);

        if (order <= 0)
            before.MoveNext();
        if (order >= 0)
            after.MoveNext();
        return changed;
    }

    private ExportDifference CreateOneSided(ExportChange change, Row row)
    {
        object record = _codec.Decode(row);
        return new ExportDifference
        {
            Change = change,
            ExportType = _exportType,
            Key = _codec.FormatKey(row),
            Reference = change == ExportChange.Removed ? record : null,
            Difference = change == ExportChange.Added ? record : null,
        };
    }

    private ExportDifference CreateChanged(Row reference, Row difference) =>
        new()
        {
            Change = ExportChange.Changed,
            ExportType = _exportType,
            Key = _codec.FormatKey(reference),
            Reference = _codec.Decode(reference),
            Difference = _codec.Decode(difference),
            ChangedColumns = _codec.GetChangedColumns(reference, difference),
        };

    private void ReportRepetitions(Side side)
    {
        if (side.RepeatedCount == 0)
            return;

        string text = string.Format(
            CultureInfo.InvariantCulture,
            _columns.IsWholeRow
                ? "In the {1}, {0} rows are duplicates of other rows. Each of them is compared."
                : "In the {1}, {0} rows have the same {2} as another row. Equal rows were matched first, and the "
                    + "others were paired in the order of their values.",
            side.RepeatedCount,
            side.Name,
            string.Join(" and ", _columns.Key)
        );
        if (_columns.IsWholeRow)
            _diagnostics.Verbose(text);
        else
            _diagnostics.Warning(text);
    }

    /// <summary>One of the two exports, sorted by key.</summary>
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

        /// <summary>The number of rows that have the key of another row of this side.</summary>
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
