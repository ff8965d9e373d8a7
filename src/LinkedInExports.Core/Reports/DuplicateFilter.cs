namespace LinkedInExports.Core.Reports;

/// <summary>
/// Detects duplicates among the first millions of ids, because exports with overlapping periods contain the same rows. Stores
/// a 64-bit hash of each id, with about one false match in 10<sup>12</sup> rows.
/// </summary>
internal sealed class DuplicateFilter(int most = 4_000_000)
{
    private const ulong Prime = 0x100000001B3;

    private ulong[] _slots = new ulong[1024];
    private int _count;

    /// <summary>The number of duplicates.</summary>
    internal long RepeatedCount { get; private set; }

    /// <summary>Whether the limit is reached, so that later duplicates are not detected.</summary>
    internal bool IsFull => _count == most;

    /// <summary>Adds an id.</summary>
    /// <param name="id">The id of the record.</param>
    /// <param name="type">The type of the record, if ids are unique only within a type.</param>
    /// <returns>False if the id was added before.</returns>
    internal bool IsNew(string id, string? type = null)
    {
        ulong hash = Hash(id, type ?? "");
        int mask = _slots.Length - 1;
        int index = (int)(hash & (ulong)mask);
        while (_slots[index] != 0)
        {
            if (_slots[index] == hash)
            {
                RepeatedCount++;
                return false;
            }

            index = (index + 1) & mask;
        }

        if (!IsFull)
            Add(index, hash);
        return true;
    }

    private void Add(int slot, ulong hash)
    {
        _slots[slot] = hash;
        _count++;
        if (_count <= _slots.Length / 3 * 2)
            return;

        ulong[] old = _slots;
        _slots = new ulong[old.Length * 2];
        int mask = _slots.Length - 1;
        foreach (ulong kept in old)
        {
            if (kept == 0)
                continue;
            int index = (int)(kept & (ulong)mask);
            while (_slots[index] != 0)
                index = (index + 1) & mask;
            _slots[index] = kept;
        }
    }

    /// <summary>FNV-1a with its bits mixed at the end. Never 0, because that is an empty slot.</summary>
    private static ulong Hash(string id, string type)
    {
        ulong hash = 0xCBF29CE484222325 ^ (ulong)type.Length;
        foreach (char character in type)
            hash = (hash ^ character) * Prime;
        foreach (char character in id)
            hash = (hash ^ character) * Prime;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        hash ^= hash >> 32;
        return hash == 0 ? 1 : hash;
    }
}
