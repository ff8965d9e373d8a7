using System.Text;

namespace LinkedInExports.Emulator.Files;

/// <summary>What stands before the first data row of a file.</summary>
internal static class CsvHeader
{
    public static byte[] Bytes(IEnumerable<string> columns, EmulatorOptions options, bool hasHeader)
    {
        byte[] mark = options.ByteOrderMark ? Encoding.UTF8.GetPreamble() : [];
        if (!hasHeader) return mark;
        string header = string.Join(',', columns.Select(Quote)) + options.LineEnding;
        return [.. mark, .. Encoding.UTF8.GetBytes(header)];
    }

    private static string Quote(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
