using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Comparison;

/// <summary>Sorts any number of rows in bounded memory.</summary>
/// <param name="options">The memory limit and the folder for temporary files.</param>
/// <param name="cancellationToken">A token to cancel the operation.</param>
internal sealed class ExternalSorter(ComparisonOptions options, CancellationToken cancellationToken) : IDisposable
{
    // Two sorters exist at a time. Each uses a quarter of the memory for sorting and an eighth for the blocks of the merged
    // runs. The rest is for reading files.
    private readonly int _maxRuns = Math.Max(2, options.MemoryBytes / 8 / SortedRun.BlockBytes);
    private readonly List<SortedRun> _runs = [];
    private RowBuffer? _buffer = new(options.MemoryBytes / 4);
    private ScratchFile? _scratch;

    /// <summary>Whether rows were written to disk.</summary>
    internal bool IsOnDisk => _scratch is not null;

    /// <summary>Adds a row.</summary>
    /// <exception cref="LinkedInException">The temporary file cannot be written.</exception>
    internal void Add(Row row)
    {
        if (_buffer!.TryAdd(row))
            return;

        WriteRun(_buffer);
        _buffer.TryAdd(row);
    }

    /// <summary>Gets all rows in order. No rows can be added after this call.</summary>
    /// <exception cref="LinkedInException">The temporary file cannot be written or read.</exception>
    internal RowCursor Read()
    {
        if (!IsOnDisk)
            return _buffer!.Sort();

        WriteRun(_buffer!);
        _buffer = null; // Releases the memory for the other sorter.
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

    /// <summary>Merges short runs into a long one in a new file, so that the old file's space is released.</summary>
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
