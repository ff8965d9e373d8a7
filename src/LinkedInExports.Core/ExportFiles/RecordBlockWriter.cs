using System.Runtime.CompilerServices;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Stores the texts of about fifty consecutive records in each block.</summary>
internal sealed class RecordBlockWriter(RecordSource source)
{
    /// <summary>
    /// Small enough that a single record does not keep much memory alive, and large enough that the number of blocks is
    /// small.
    /// </summary>
    private const int BlockBytes = 4096;

    private RecordBlock _block = new(source, firstRow: 0, []);
    private int _used;

    /// <summary>Adds the id of a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal RecordId AddId(ReadOnlySpan<byte> utf8, long row)
    {
        if (utf8.Length > BlockBytes / 4)
            return new RecordId(new RecordBlock(source, row, utf8.ToArray()), row, 0, utf8.Length);
        int start = Add(utf8, row);
        return new RecordId(_block, row, start, utf8.Length);
    }

    /// <summary>Adds a record without an id.</summary>
    internal RecordId AddRow(long row)
    {
        Add([], row);
        return new RecordId(_block, row);
    }

    /// <summary>Adds another text of a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Utf8Text AddText(ReadOnlySpan<byte> utf8, long row)
    {
        if (utf8.Length > BlockBytes / 4)
            return new Utf8Text(utf8.ToArray(), 0, utf8.Length);
        int start = Add(utf8, row);
        return new Utf8Text(_block.Texts, start, utf8.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add(ReadOnlySpan<byte> utf8, long row)
    {
        if (utf8.Length > _block.Texts.Length - _used || row - _block.FirstRow > RecordId.MaxRows)
        {
            _block = new RecordBlock(source, row, new byte[BlockBytes]);
            _used = 0;
        }

        int start = _used;
        utf8.CopyTo(_block.Texts.AsSpan(start));
        _used = start + utf8.Length;
        return start;
    }
}
