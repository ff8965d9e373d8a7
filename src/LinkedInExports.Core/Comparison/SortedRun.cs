using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Comparison;

/// <summary>A stretch of a scratch file with rows in their order.</summary>
internal readonly record struct SortedRun(ScratchFile File, long Start, long End)
{
    /// <summary>How much of a run is in memory at a time, in bytes; more only for a row that is longer.</summary>
    internal const int BlockBytes = 64 * 1024;

    /// <summary>Writes rows, in the order in which they come.</summary>
    internal static SortedRun Write(ScratchFile file, RowCursor rows, CancellationToken cancellationToken)
    {
        long start = file.Length;
        byte[] block = new byte[BlockBytes];
        int length = 0;
        while (rows.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Row row = rows.Current;
            if (length + row.Length > block.Length)
            {
                file.Append(block, 0, length);
                length = 0;
            }

            if (row.Length > block.Length)
            {
                file.Append(row.Buffer, row.Start, row.Length);
                continue;
            }

            Buffer.BlockCopy(row.Buffer, row.Start, block, length, row.Length);
            length += row.Length;
        }

        file.Append(block, 0, length);
        return new SortedRun(file, start, file.Length);
    }

    internal RowCursor Read() => new Cursor(this);

    private sealed class Cursor(SortedRun run) : RowCursor
    {
        private byte[] _block = new byte[BlockBytes];
        private long _position = run.Start;
        private int _index;
        private int _length;

        internal override bool MoveNext()
        {
            if (!EnsureBuffered(Row.HeaderLength))
                return false;
            // The head says how long the row is.
            var row = new Row(_block, _index);
            if (!EnsureBuffered(row.Length))
                throw new InvalidOperationException("A row on the disk breaks off.");
            Current = new Row(_block, _index);
            _index += Current.Length;
            return true;
        }

        private bool EnsureBuffered(int count)
        {
            if (_length - _index >= count)
                return true;

            // Into a new block only where the row is longer; the current row is done with.
            byte[] old = _block;
            if (count > _block.Length)
                _block = new byte[count];
            Buffer.BlockCopy(old, _index, _block, 0, _length - _index);
            _length -= _index;
            _index = 0;
            int wanted = (int)Math.Min(_block.Length - _length, run.End - _position);
            int read = run.File.Read(_position, _block, _length, wanted);
            _position += read;
            _length += read;
            return _length >= count;
        }
    }
}
