using System.Runtime.CompilerServices;

namespace LinkedInExports.Core.Records;

/// <summary>Keeps the texts of records, those of some fifty neighbours in one block.</summary>
internal sealed class TextBlocks
{
    /// <summary>
    /// Few enough bytes that a record that is kept from among many thrown away does not hold on to much; many enough that
    /// the blocks themselves are few.
    /// </summary>
    private const int BlockBytes = 4096;

    private byte[] _block = [];
    private int _used;

    /// <summary>Keeps a copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal RecordText Add(ReadOnlySpan<byte> utf8)
    {
        int start = _used;
        if (utf8.Length > _block.Length - start)
            return AddElsewhere(utf8);

        utf8.CopyTo(_block.AsSpan(start));
        _used = start + utf8.Length;
        return new RecordText(_block, start, utf8.Length);
    }

    private RecordText AddElsewhere(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > BlockBytes / 4)
            return new RecordText(utf8.ToArray(), 0, utf8.Length);

        _block = new byte[BlockBytes];
        utf8.CopyTo(_block);
        _used = utf8.Length;
        return new RecordText(_block, 0, utf8.Length);
    }
}
