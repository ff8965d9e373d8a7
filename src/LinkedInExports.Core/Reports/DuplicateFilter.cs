namespace LinkedInExports.Core.Reports;

/// <summary>
/// Tells whether something came before, for the first few millions: exports whose periods overlap have rows twice. Keeps
/// 64 bits of each, so that one row in 10<sup>12</sup> might be taken for another.
/// </summary>
internal sealed class DuplicateFilter(int most = 4_000_000)
{
    private const ulong Prime = 0x100000001B3;

    private ulong[] _slots = new ulong[1024];
    private int _count;

    /// <summary>How many came before.</summary>
    internal long RepeatedCount { get; private set; }

    /// <summary>Whether there were too many to know.</summary>
    internal bool IsFull => _count == most;

    /// <param name="id">What it is told apart by.</param>
    /// <param name="type">What else it is told apart by, if anything.</param>
    /// <returns>False for one that came before.</returns>
    internal bool IsNew(string id, string? type = null)
    {
        ulong hash = Hash(id, type ?? "");
        int mask = _slots.Length - 1;
        int at = (int)(hash & (ulong)mask);
        while (_slots[at] != 0)
        {
            if (_slots[at] == hash)
            {
                RepeatedCount++;
                return false;
            }

            at = (at + 1) & mask;
        }

        if (!IsFull)
            Add(at, hash);
        return true;
    }

    private void Add(int at, ulong hash)
    {
        _slots[at] = hash;
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
            int place = (int)(kept & (ulong)mask);
            while (_slots[place] != 0)
                place = (place + 1) & mask;
            _slots[place] = kept;
        }
    }

    /// <summary>FNV-1a with its bits mixed at the end; never 0, which means an empty slot.</summary>
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
