using System.Text;

namespace LinkedInExports.Emulator.Validation;

/// <summary>What stands before the first data row of a file.</summary>
internal static class CsvHeader
{
    private static readonly string[] Columns = ["crmId", "crmRecordType", "expiredAt", "createdAt"];

    public static byte[] Bytes(EmulatorOptions options, bool hasHeader)
    {
        byte[] mark = options.ByteOrderMark ? Encoding.UTF8.GetPreamble() : [];
        if (!hasHeader) return mark;
        string header = string.Join(',', Columns.Concat(options.ExtraColumns).Select(Quote)) + options.LineEnding;
        return [.. mark, .. Encoding.UTF8.GetBytes(header)];
    }

    private static string Quote(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
