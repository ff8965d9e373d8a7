using System.Buffers.Binary;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// A map of keys to entries that needs 41 bytes for each key: sorted rows, which the index file contains as they are, and the
/// changes since they were sorted.
/// </summary>
internal sealed class RecordTable
{
    internal const int RowSize = KeySize + 25;
    private const int KeySize = 16;
    private const byte RemovingFlag = 0x80;

    /// <summary>Fewer changes are never merged into the rows.</summary>
    private const int MinChanges = 10_000;

    private readonly Dictionary<KeyHash, RecordEntry?> _changes = [];
    private ArraySegment<byte> _rows = new([]);

    internal RecordTable() { }

    /// <param name="rows">Rows from <see cref="GetRows"/>.</param>
    internal RecordTable(ArraySegment<byte> rows)
    {
        _rows = rows;
        Count = rows.Count / RowSize;
    }

    /// <summary>The number of keys.</summary>
    internal int Count { get; private set; }

    internal RecordEntry? Find(KeyHash key)
    {
        if (_changes.TryGetValue(key, out RecordEntry? changed))
            return changed;
        ReadOnlySpan<byte> rows = _rows.AsSpan();
        int low = 0;
        int high = (rows.Length / RowSize) - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            ReadOnlySpan<byte> row = rows.Slice(middle * RowSize, RowSize);
            int order = ReadKey(row).CompareTo(key);
            if (order == 0)
                return ReadEntry(row);
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return null;
    }

    internal void Set(KeyHash key, RecordEntry entry) => Change(key, entry);

    internal void Remove(KeyHash key) => Change(key, null);

    internal void Clear()
    {
        _changes.Clear();
        _rows = new ArraySegment<byte>([]);
        Count = 0;
    }

    /// <summary>Gets all entries as rows that are sorted by their keys.</summary>
    internal ArraySegment<byte> GetRows()
    {
        MergeChanges();
        return _rows;
    }

    /// <summary>Counts the entries that satisfy a condition.</summary>
    internal int CountWhere(Func<RecordEntry, bool> condition)
    {
        ReadOnlySpan<byte> rows = GetRows().AsSpan();
        int count = 0;
        for (int start = 0; start < rows.Length; start += RowSize)
        {
            if (condition(ReadEntry(rows.Slice(start, RowSize))))
                count++;
        }

        return count;
    }

    private void Change(KeyHash key, RecordEntry? entry)
    {
        bool exists = Find(key) is not null;
        if (!exists && entry is null)
            return;
        Count += (entry is null ? 0 : 1) - (exists ? 1 : 0);
        _changes[key] = entry;

        // Changes need more memory than rows, and merging a part of all entries at a time takes constant time for each.
        if (_changes.Count >= MinChanges && _changes.Count > Count / 4)
            MergeChanges();
    }

    private void MergeChanges()
    {
        if (_changes.Count == 0)
            return;
        KeyHash[] keys = [.. _changes.Keys];
        Array.Sort(keys);
        var merged = new byte[Count * RowSize];
        Span<byte> target = merged;
        ReadOnlySpan<byte> rows = _rows.AsSpan();
        foreach (KeyHash key in keys)
        {
            int before = 0;
            while (before < rows.Length && ReadKey(rows.Slice(before)).CompareTo(key) < 0)
                before += RowSize;
            rows.Slice(0, before).CopyTo(target);
            rows = rows.Slice(before);
            target = target.Slice(before);
            if (rows.Length > 0 && ReadKey(rows) == key)
                rows = rows.Slice(RowSize);
            if (_changes[key] is { } entry)
            {
                WriteRow(target, key, entry);
                target = target.Slice(RowSize);
            }
        }

        rows.CopyTo(target);
        _rows = new ArraySegment<byte>(merged);
        _changes.Clear();
    }

    private static KeyHash ReadKey(ReadOnlySpan<byte> row) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(row), BinaryPrimitives.ReadUInt64BigEndian(row.Slice(8)));

    private static RecordEntry ReadEntry(ReadOnlySpan<byte> row) =>
        new(
            BinaryPrimitives.ReadInt64BigEndian(row.Slice(KeySize)),
            BinaryPrimitives.ReadUInt64BigEndian(row.Slice(KeySize + 8)),
            (LedgerEntryType)(row[KeySize + 16] & ~RemovingFlag),
            new ContentHash(BinaryPrimitives.ReadUInt64BigEndian(row.Slice(KeySize + 17))),
            (row[KeySize + 16] & RemovingFlag) != 0
        );

    private static void WriteRow(Span<byte> row, KeyHash key, RecordEntry entry)
    {
        BinaryPrimitives.WriteUInt64BigEndian(row, key.High);
        BinaryPrimitives.WriteUInt64BigEndian(row.Slice(8), key.Low);
        BinaryPrimitives.WriteInt64BigEndian(row.Slice(KeySize), entry.Offset);
        BinaryPrimitives.WriteUInt64BigEndian(row.Slice(KeySize + 8), entry.Previous);
        row[KeySize + 16] = (byte)((byte)entry.Type | (entry.IsRemoving ? RemovingFlag : 0));
        BinaryPrimitives.WriteUInt64BigEndian(row.Slice(KeySize + 17), entry.Content.Value);
    }
}
