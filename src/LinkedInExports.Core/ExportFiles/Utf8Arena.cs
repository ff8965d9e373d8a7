using System.Runtime.CompilerServices;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Stores the texts of about fifty consecutive records in each block.</summary>
internal sealed class Utf8Arena
{
    /// <summary>
    /// Small enough that a single record does not keep much memory alive, and large enough that the number of blocks is
    /// small.
    /// </summary>
    private const int BlockBytes = 4096;

    private byte[] _block = [];
    private int _used;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Utf8Text Add(ReadOnlySpan<byte> utf8)
    {
        int start = _used;
        if (utf8.Length > _block.Length - start)
            return AddStandalone(utf8);

        utf8.CopyTo(_block.AsSpan(start));
        _used = start + utf8.Length;
        return new Utf8Text(_block, start, utf8.Length);
    }

    private Utf8Text AddStandalone(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > BlockBytes / 4)
            return new Utf8Text(utf8.ToArray(), 0, utf8.Length);

        _block = new byte[BlockBytes];
        utf8.CopyTo(_block);
        _used = utf8.Length;
        return new Utf8Text(_block, 0, utf8.Length);
    }
}
