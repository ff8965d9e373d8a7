using System.Text;
using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Emulator.Files;

/// <summary>Creates the bytes before the first data row.</summary>
internal static class CsvHeader
{
    public static byte[] Bytes(IEnumerable<string> columns, EmulatorOptions options, bool hasHeader)
    {
        byte[] mark = options.ByteOrderMark ? Encoding.UTF8.GetPreamble() : [];
        if (!hasHeader)
            return mark;
        string delimiter = options.Behavior.Delimiter;
        HeaderSpelling spelling = options.Behavior.HeaderSpelling;
        string header =
            string.Join(delimiter, columns.Select(name => Quote(spelling.Spell(name), delimiter))) + options.LineEnding;
        return [.. mark, .. Encoding.UTF8.GetBytes(header)];
    }

    private static string Quote(string name, string delimiter) =>
        name.AsSpan().IndexOfAny(delimiter + "\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
