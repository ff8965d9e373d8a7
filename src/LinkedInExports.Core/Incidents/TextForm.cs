namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Reduces a text to its form: each digit becomes 1, each letter x or X, and each other character of more than one byte the same
/// character of that length. Punctuation and line breaks remain, because they separate values and rows.
/// </summary>
internal static class TextForm
{
    /// <summary>Replaces a byte of an unknown encoding, and all letters of other scripts in UTF-16 and UTF-32.</summary>
    private const byte OtherLetter = 0xE9;

    /// <summary>Replaces control characters, which only show that a file is not a text.</summary>
    internal const char Control = '\u0001';

    private static readonly byte[][] Characters =
    [
        [],
        [],
        [0xC3, 0xA9],
        [0xE2, 0x82, 0xAC],
        [0xF0, 0x9F, 0x98, 0x80],
    ];

    /// <summary>Reduces a text in place.</summary>
    internal static void Reduce(Span<byte> text, CodeUnits units)
    {
        if (units.Size == 1)
            ReduceBytes(text);
        else
            ReduceUnits(text, units);
    }

    /// <summary>Whether a character is a control character that does not separate values or rows.</summary>
    internal static bool IsControl(uint character) => character < ' ' && character is not ('\t' or '\r' or '\n');

    private static void ReduceUnits(Span<byte> text, CodeUnits units)
    {
        uint previous = 0;
        int index = 0;
        for (; index + units.Size <= text.Length; index += units.Size)
        {
            Span<byte> unit = text.Slice(index, units.Size);
            uint character = units.Read(unit);
            if (index == 0 && character == CodeUnits.ByteOrderMark)
                continue;
            previous = character < 0x80 ? ReduceAscii(character, previous) : OtherLetter;
            units.Write(unit, previous);
        }

        text.Slice(index).Fill(OtherLetter); // A part of a unit.
    }

    private static void ReduceBytes(Span<byte> text)
    {
        int index = text.Length >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0;
        while (index < text.Length)
        {
            if (text[index] < 0x80)
            {
                text[index] = (byte)ReduceAscii(text[index], index > 0 ? text[index - 1] : 0u);
                index++;
                continue;
            }

            int length = GetSequenceLength(text.Slice(index));
            if (length == 0)
                text[index++] = OtherLetter;
            else
                Characters[length].CopyTo(text.Slice(index));
            index += length;
        }
    }

    private static uint ReduceAscii(uint character, uint previous) =>
        character switch
        {
            >= '0' and <= '9' => '1',
            'T' or 'Z' when previous == '1' => character, // A time remains a time.
            >= 'a' and <= 'z' => 'x',
            >= 'A' and <= 'Z' => 'X',
            _ when IsControl(character) => Control,
            _ => character,
        };

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
