namespace LinkedInExports.Core.Comparison;

/// <summary>Buffers rows in memory up to a capacity.</summary>
internal sealed class RowBuffer(int capacity)
{
    /// <summary>The size of a row's entry in the index.</summary>
    private const int EntryBytes = sizeof(int);

    private byte[] _bytes = [];
    private int[] _entries = [];
    private int _length;

    internal int Count { get; private set; }

    /// <summary>Adds a row. The first row is added even if it exceeds the capacity.</summary>
    /// <returns>False if the row does not fit.</returns>
    internal bool TryAdd(Row row)
    {
        if (Count > 0 && (long)_length + row.Length + ((Count + 1) * EntryBytes) > capacity)
            return false;

        if (_bytes.Length - _length < row.Length)
            Array.Resize(ref _bytes, Math.Max(Math.Min(_bytes.Length * 2, capacity), _length + row.Length));
        if (_entries.Length == Count)
            Array.Resize(ref _entries, Math.Max(256, Count * 2));
        Buffer.BlockCopy(row.Buffer, row.Start, _bytes, _length, row.Length);
        _entries[Count++] = _length;
        _length += row.Length;
        return true;
    }

    /// <summary>Gets the rows in order.</summary>
    internal RowCursor Sort()
    {
        Array.Sort(_entries, 0, Count, new RowComparer(_bytes));
        return new Cursor(this);
    }

    internal void Clear() => (Count, _length) = (0, 0);

    private sealed class RowComparer(byte[] bytes) : IComparer<int>
    {
        public int Compare(int x, int y) => new Row(bytes, x).CompareTo(new Row(bytes, y));
    }

    private sealed class Cursor(RowBuffer rows) : RowCursor
    {
        private int _next;

        internal override bool MoveNext()
        {
            if (_next == rows.Count)
                return false;
            Current = new Row(rows._bytes, rows._entries[_next++]);
            return true;
        }
    }
}
