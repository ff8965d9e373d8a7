using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Comparison;

/// <summary>A queue of rows. Rows that do not fit in memory are written to disk.</summary>
internal sealed class SpillQueue(ComparisonOptions options) : IDisposable
{
    private const int MemoryShare = 32;

    private readonly Queue<Row> _rows = new();
    private readonly byte[] _head = new byte[Row.HeaderLength];
    private ScratchFile? _scratch;
    private long _position;
    private int _bytes;

    internal bool IsEmpty => _rows.Count == 0;

    internal void Enqueue(Row row)
    {
        // After the first row on disk, later rows are written there too, to keep their order.
        if (_scratch is null && _bytes + row.Length <= options.MemoryBytes / MemoryShare)
        {
            _rows.Enqueue(row.Copy());
            _bytes += row.Length;
            return;
        }

        _scratch ??= ScratchFile.Create(options.FileSystem, options.ScratchFolder);
        _scratch.Append(row.Buffer, row.Start, row.Length);
        if (_rows.Count == 0)
            LoadNext();
    }

    internal Row Dequeue()
    {
        Row row = _rows.Dequeue();
        _bytes -= row.Length;
        if (_rows.Count == 0)
            LoadNext();
        return row;
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch?.Dispose();

    /// <summary>Loads the next row from disk, and deletes the temporary file after the last row.</summary>
    private void LoadNext()
    {
        if (_scratch is null)
            return;
        if (_position == _scratch.Length)
        {
            _scratch.Dispose();
            _scratch = null;
            _position = 0;
            return;
        }

        _scratch.Read(_position, _head, 0, _head.Length);
        byte[] bytes = new byte[new Row(_head, 0).Length];
        _position += _scratch.Read(_position, bytes, 0, bytes.Length);
        _rows.Enqueue(new Row(bytes, 0));
        _bytes += bytes.Length;
    }
}
