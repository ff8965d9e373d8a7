using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Comparison;

/// <summary>A range of a temporary file that contains sorted rows.</summary>
internal readonly record struct SortedRun(ScratchFile File, long Start, long End)
{
    /// <summary>The bytes of a run that are read at a time, unless a row is longer.</summary>
    internal const int BlockBytes = 64 * 1024;

    /// <summary>Writes sorted rows to the end of the file.</summary>
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
            // The header contains the length of the row.
            var row = new Row(_block, _index);
            if (!EnsureBuffered(row.Length))
                throw new InvalidOperationException("A row in the temporary file is incomplete.");
            Current = new Row(_block, _index);
            _index += Current.Length;
            return true;
        }

        private bool EnsureBuffered(int count)
        {
            if (_length - _index >= count)
                return true;

            // A new block is allocated only for a longer row. The current row is no longer needed.
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
