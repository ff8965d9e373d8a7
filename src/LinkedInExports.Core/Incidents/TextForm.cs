namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Reduces a text to its form: each digit becomes 1, each letter x or X, and each other character of more than one byte the same
/// character of that length. Punctuation and control characters remain, because they separate values and rows.
/// </summary>
internal static class TextForm
{
    private const byte InvalidByte = 0xE9;

    private static readonly byte[][] Characters =
    [
        [],
        [],
        [0xC3, 0xA9],
        [0xE2, 0x82, 0xAC],
        [0xF0, 0x9F, 0x98, 0x80],
    ];

    /// <summary>Reduces a text in place.</summary>
    internal static void Reduce(Span<byte> text)
    {
        int index = text.Length >= 2 && IsUtf16Mark(text) ? 2 : 0;
        if (text.Length >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF)
            index = 3;
        while (index < text.Length)
        {
            byte unit = text[index];
            if (unit < 0x80)
            {
                text[index] = ReduceAscii(text, index);
                index++;
                continue;
            }

            int length = GetSequenceLength(text.Slice(index));
            if (length == 0)
                text[index++] = InvalidByte;
            else
                Characters[length].CopyTo(text.Slice(index));
            index += length;
        }
    }

    private static bool IsUtf16Mark(ReadOnlySpan<byte> text) => (text[0], text[1]) is (0xFE, 0xFF) or (0xFF, 0xFE);

    private static byte ReduceAscii(ReadOnlySpan<byte> text, int index)
    {
        byte unit = text[index];
        bool followsDigit = index > 0 && text[index - 1] == (byte)'1';
        return unit switch
        {
            >= (byte)'0' and <= (byte)'9' => (byte)'1',
            (byte)'T' or (byte)'Z' when followsDigit => unit, // A time remains a time.
            >= (byte)'a' and <= (byte)'z' => (byte)'x',
            >= (byte)'A' and <= (byte)'Z' => (byte)'X',
            _ => unit,
        };
    }

    /// <summary>Gets the length of the UTF-8 sequence at the start, or 0 if it is invalid.</summary>
    private static int GetSequenceLength(ReadOnlySpan<byte> text)
    {
        int length = text[0] switch
        {
            >= 0xC2 and <= 0xDF => 2,
            >= 0xE0 and <= 0xEF => 3,
            >= 0xF0 and <= 0xF4 => 4,
            _ => 0,
        };
        if (length == 0 || text.Length < length)
            return 0;
        for (int index = 1; index < length; index++)
        {
            if (text[index] is < 0x80 or > 0xBF)
                return 0;
        }

        return length;
    }
}
