namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// Counts rows as long as they are plain: fields without quotes, lines that end with a line feed alone, none of them
/// blank. It looks at whole blocks at a time.
/// </summary>
internal sealed class FastRowCounter(byte delimiter)
{
    /// <summary>A plain row that stands for those that came before.</summary>
    internal static readonly byte[] Placeholder = [(byte)'x', (byte)'\n'];

    private const byte LineFeed = (byte)'\n';

    /// <summary>Rows so far.</summary>
    internal long RowCount { get; private set; }

    /// <summary>Whether what comes next is not plain.</summary>
    internal bool HasComplexData { get; private set; }

    /// <summary>How many fields the last row has.</summary>
    internal int LastRowFieldCount { get; private set; }

    /// <summary>How many bytes the last value of the last row has.</summary>
    internal int LastValueLength { get; private set; }

    /// <summary>Counts the rows of a text that begins where a row does.</summary>
    /// <param name="text">What is there so far.</param>
    /// <param name="isLast">Whether nothing comes after it, so that its last row needs no line feed.</param>
    /// <returns>How many bytes were counted; the others are to come again, with more behind them.</returns>
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
        // At the start of a file, bytes above ASCII, and zeros, may be a mark that it is in another encoding.
        (RowCount > 0 || text[0] is > 0 and < 0x80)
        && text[0] != LineFeed
        && text.IndexOfAny((byte)'"', (byte)'\r') < 0
        && text.IndexOf([LineFeed, LineFeed]) < 0;

    /// <param name="rows">Rows, the last without its line feed.</param>
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
