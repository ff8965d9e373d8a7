using System.Text;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>The bytes at the start of a file that identify its encoding.</summary>
internal static class ByteOrderMark
{
    /// <summary>The maximum length of a mark, in bytes.</summary>
    internal const int MaxLength = 4;

    /// <summary>The mark of UTF-8.</summary>
    internal static readonly byte[] Utf8 = [0xEF, 0xBB, 0xBF];

    /// <summary>UTF-32 is before UTF-16, because its mark begins with that of UTF-16.</summary>
    private static readonly (byte[] Mark, Encoding Encoding)[] Known =
    [
        (Utf8, Encoding.UTF8),
        ([0xFF, 0xFE, 0, 0], Encoding.UTF32),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: true)),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    /// <summary>
    /// Gets the encoding and the length of the mark at the start of the bytes, or null and 0 without a mark.
    /// </summary>
    internal static (Encoding? Encoding, int Length) Detect(ReadOnlySpan<byte> bytes)
    {
        foreach ((byte[] mark, Encoding encoding) in Known)
        {
            if (bytes.StartsWith(mark))
                return (encoding, mark.Length);
        }

        return (null, 0);
    }
}
