namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// Counts rows without quotes and blank lines, in blocks of complete rows.
/// </summary>
internal sealed class FastRowCounter(byte delimiter)
{
    /// <summary>A placeholder for previous rows.</summary>
    internal static readonly byte[] Placeholder = [(byte)'x', (byte)'\n'];

    private const byte LineFeed = (byte)'\n';

    /// <summary>The number of rows so far.</summary>
    internal long RowCount { get; private set; }

    /// <summary>Whether the next row has quotes or is blank.</summary>
    internal bool HasComplexData { get; private set; }

    /// <summary>The number of fields in the last row.</summary>
    internal int LastRowFieldCount { get; private set; }

    /// <summary>The length of the last value of the last row, in bytes.</summary>
    internal int LastValueLength { get; private set; }

    /// <summary>Counts the rows of a text that starts with a row.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isLast">Whether this is the last block, whose last row needs no line feed.</param>
    /// <returns>The number of bytes that were counted; the caller passes the rest again with the next block.</returns>
    internal int Consume(ReadOnlySpan<byte> text, bool isLast)
    {
        if (text.IsEmpty)
            return 0;
        if (!IsPlain(text))
        {
            HasComplexData = true;
            return 0;
        }

        int end = text.LastIndexOf(LineFeed) + 1;
        if (end > 0)
        {
            RowCount += CountLineFeeds(text.Slice(0, end));
            InspectLastRow(text.Slice(0, end - 1));
        }

        if (!isLast || end == text.Length)
            return end;
        RowCount++;
        InspectLastRow(text.Slice(end));
        return text.Length;
    }

    private bool IsPlain(ReadOnlySpan<byte> text) =>
        // At the start of a file, non-ASCII bytes and zeros may be a byte order mark of another encoding.
        (RowCount > 0 || text[0] is > 0 and < 0x80)
        && text[0] != LineFeed
        && text.IndexOfAny((byte)'"', (byte)'\r') < 0
        && text.IndexOf([LineFeed, LineFeed]) < 0;

    /// <param name="rows">The rows; the last one without its line feed.</param>
    private void InspectLastRow(ReadOnlySpan<byte> rows)
    {
        ReadOnlySpan<byte> last = rows.Slice(rows.LastIndexOf(LineFeed) + 1);
        int before = last.LastIndexOf(delimiter);
        LastValueLength = last.Length - before - 1;
        LastRowFieldCount = 1;
        for (int at = before; at >= 0; at = last.Slice(0, at).LastIndexOf(delimiter))
            LastRowFieldCount++;
    }

    private static long CountLineFeeds(ReadOnlySpan<byte> text)
    {
#if NET
        return text.Count(LineFeed);
#else
        long count = 0;
        for (int at = text.IndexOf(LineFeed); at >= 0; at = text.IndexOf(LineFeed))
        {
            count++;
            text = text.Slice(at + 1);
        }

        return count;
#endif
    }
}
