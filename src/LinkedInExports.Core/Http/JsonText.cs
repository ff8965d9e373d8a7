using System.Text;
using System.Text.Json;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Reads names and strings of JSON that are not valid Unicode: bytes that are not UTF-8, and escapes of half a character, which
/// occur when servers truncate text. .NET's reader throws at these, and the complete response would be lost.
/// </summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Gets the text of the current name or string. Invalid characters are replaced by U+FFFD.</summary>
    internal static string Read(ref Utf8JsonReader reader)
    {
        string raw = Encoding.UTF8.GetString(reader.HasValueSequence ? Join(reader.ValueSequence) : reader.ValueSpan.ToArray());
        return ReplaceInvalid(reader.ValueIsEscaped ? Unescape(raw) : raw);
    }

    private static byte[] Join(System.Buffers.ReadOnlySequence<byte> sequence)
    {
        var bytes = new byte[sequence.Length];
        int length = 0;
        foreach (ReadOnlyMemory<byte> piece in sequence)
        {
            piece.Span.CopyTo(bytes.AsSpan(length));
            length += piece.Length;
        }

        return bytes;
    }

    /// <summary>The reader has validated the escapes.</summary>
    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (int index = 0; index < raw.Length; index++)
        {
            if (raw[index] != '\\')
            {
                text.Append(raw[index]);
                continue;
            }

            switch (raw[++index])
            {
                case 'b':
                    text.Append('\b');
                    break;
                case 'f':
                    text.Append('\f');
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case 'u':
                    text.Append((char)Convert.ToUInt16(raw.Substring(index + 1, 4), fromBase: 16));
                    index += 4;
                    break;
                default:
                    text.Append(raw[index]);
                    break;
            }
        }

        return text.ToString();
    }

    private static string ReplaceInvalid(string text)
    {
        StringBuilder? valid = null;
        for (int index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
                continue;
            if (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
            {
                index++;
                continue;
            }

            (valid ??= new StringBuilder(text))[index] = Replacement;
        }

        return valid?.ToString() ?? text;
    }
}
