using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Comparison;

/// <summary>Takes rows in any order and gives them back in theirs, on a bounded share of memory.</summary>
/// <param name="options">Where the disk is, and how much memory there is.</param>
/// <param name="cancellationToken">A token to cancel the operation.</param>
internal sealed class ExternalSorter(ComparisonOptions options, CancellationToken cancellationToken) : IDisposable
{
    // There are two of these at a time. Each has a quarter of the memory to sort in and an eighth for the blocks of the runs
    // that it merges; the rest is for reading files.
    private readonly int _maxRuns = Math.Max(2, options.MemoryBytes / 8 / SortedRun.BlockBytes);
    private readonly List<SortedRun> _runs = [];
    private RowBuffer? _buffer = new(options.MemoryBytes / 4);
    private ScratchFile? _scratch;

    /// <summary>Whether memory did not suffice.</summary>
    internal bool IsOnDisk => _scratch is not null;

    /// <summary>Takes a row.</summary>
    /// <exception cref="LinkedInException">The disk fails.</exception>
    internal void Add(Row row)
    {
        if (_buffer!.TryAdd(row))
            return;

        WriteRun(_buffer);
        _buffer.TryAdd(row);
    }

    /// <summary>All rows, in order; none can be added any more.</summary>
    /// <exception cref="LinkedInException">The disk fails.</exception>
    internal RowCursor Read()
    {
        if (!IsOnDisk)
            return _buffer!.Sort();

        WriteRun(_buffer!);
        _buffer = null; // The other side wants its share.
        while (_runs.Count > _maxRuns)
            MergeRuns();
        return new KWayMerge(_runs.Select(run => run.Read()));
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch?.Dispose();

    private void WriteRun(RowBuffer buffer)
    {
        _scratch ??= ScratchFile.Create(options.FileSystem, options.ScratchFolder);
        _runs.Add(SortedRun.Write(_scratch, buffer.Sort(), cancellationToken));
        buffer.Clear();
    }

    /// <summary>Makes few long runs of many short ones, in a file of its own: the room of the old ones is given back.</summary>
    private void MergeRuns()
    {
        ScratchFile old = _scratch!;
        SortedRun[] runs = [.. _runs];
        _runs.Clear();
        try
        {
            _scratch = ScratchFile.Create(options.FileSystem, options.ScratchFolder);
            for (int i = 0; i < runs.Length; i += _maxRuns)
            {
                _runs.Add(
                    SortedRun.Write(
                        _scratch,
                        new KWayMerge(runs.Skip(i).Take(_maxRuns).Select(run => run.Read())),
                        cancellationToken
                    )
                );
            }
        }
        finally
        {
            old.Dispose();
        }
    }
}
