using System.Text;

namespace LinkedInExports.Text;

/// <summary>
/// A text after its percent-encoding and its JSON and HTML escapes are decoded, with the position of each character in the
/// source.
/// </summary>
internal sealed class EncodedText
{
    private readonly int[] _starts;

    private EncodedText(string text, int[] starts)
    {
        Text = text;
        _starts = starts;
    }

    internal string Text { get; }

    internal static EncodedText From(string source) => new(source, [.. Enumerable.Range(0, source.Length + 1)]);

    /// <summary>Marks the characters of the source that a part of this text comes from.</summary>
    internal void MaskSource(int start, int end, ref bool[]? marks)
    {
        marks ??= new bool[_starts[_starts.Length - 1]];
        for (int at = _starts[start]; at < _starts[end]; at++)
            marks[at] = true;
    }

    /// <summary>Decodes one level, or returns null if nothing is encoded.</summary>
    internal EncodedText? Decode()
    {
        if (Text.IndexOfAny(['%', '\\', '&', '+']) < 0)
            return null;

        var text = new StringBuilder(Text.Length);
        var starts = new List<int>(Text.Length + 1);
        bool isChanged = false;
        for (int at = 0; at < Text.Length; )
        {
            (char character, int length) = ReadNext(at);
            starts.Add(_starts[at]);
            text.Append(character);
            isChanged |= length > 1;
            at += length;
        }

        starts.Add(_starts[Text.Length]);
        return isChanged ? new EncodedText(text.ToString(), [.. starts]) : null;
    }

    private (char Character, int Length) ReadNext(int at) =>
        Text[at] switch
        {
            '%' when ParseNumber(at + 1, 2, 16) is { } code => ((char)code, 3),
            '\\' when GetChar(at + 1) == 'u' && ParseNumber(at + 2, 4, 16) is { } code => ((char)code, 6),
            '\\' when GetChar(at + 1) is '/' or '"' or '\\' => (Text[at + 1], 2),
            '&' => ReadEntity(at),
            _ => (Text[at], 1),
        };

    private (char Character, int Length) ReadEntity(int at)
    {
        int end = Text.IndexOf(';', at, Math.Min(10, Text.Length - at));
        if (end < 0)
            return ('&', 1);

        string name = Text.Substring(at + 1, end - at - 1);
        int length = end - at + 1;
        bool isHex = name.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
        return name switch
        {
            "amp" => ('&', length),
            "lt" => ('<', length),
            "gt" => ('>', length),
            "quot" => ('"', length),
            "apos" => ('\'', length),
            _ when isHex && ParseNumber(at + 3, name.Length - 2, 16) is { } code => ((char)code, length),
            _ when name.StartsWith("#", StringComparison.Ordinal) && ParseNumber(at + 2, name.Length - 1, 10) is { } code => (
                (char)code,
                length
            ),
            _ => ('&', 1),
        };
    }

    private char GetChar(int at) => at < Text.Length ? Text[at] : '\0';

    /// <summary>Parses the digits at a position, or returns null if they are not a number.</summary>
    private int? ParseNumber(int at, int length, int radix)
    {
        if (length == 0 || at + length > Text.Length)
            return null;

        int number = 0;
        for (int end = at + length; at < end; at++)
        {
            int digit = Text[at] switch
            {
                >= '0' and <= '9' => Text[at] - '0',
                >= 'a' and <= 'f' => Text[at] - 'a' + 10,
                >= 'A' and <= 'F' => Text[at] - 'A' + 10,
                _ => radix,
            };
            number = (number * radix) + digit;
            if (digit >= radix || number > char.MaxValue)
                return null;
        }

        return number;
    }
}
