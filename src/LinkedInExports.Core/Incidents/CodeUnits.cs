using System.Buffers.Binary;

namespace LinkedInExports.Core.Incidents;

/// <summary>The size and the byte order of the units of a text: bytes, or 2 or 4 bytes in UTF-16 and UTF-32.</summary>
internal readonly struct CodeUnits
{
    internal const uint ByteOrderMark = 0xFEFF;

    /// <summary>The number of bytes in which an encoding without a mark is detected.</summary>
    private const int MaxDetectionBytes = 4 * 1024;

    /// <summary>Text in UTF-16 has a character of ASCII, such as a separator, at least this often.</summary>
    private const int MaxBytesPerNul = 64;

    /// <summary>The first byte of compressed data, whose zero bytes have no order.</summary>
    internal const byte Gzip = 0x1F;

    private readonly bool _isBigEndian;

    private CodeUnits(int size, bool isBigEndian)
    {
        Size = size;
        _isBigEndian = isBigEndian;
    }

    internal static CodeUnits Bytes => new(1, false);

    /// <summary>The number of bytes of a unit.</summary>
    internal int Size { get; }

    /// <summary>Detects the units of a text by its byte order mark or by its zero bytes.</summary>
    internal static CodeUnits Detect(ReadOnlySpan<byte> text)
    {
        foreach (CodeUnits units in (CodeUnits[])[new(4, false), new(4, true), new(2, false), new(2, true)])
        {
            if (text.Length >= units.Size && units.Read(text) == ByteOrderMark)
                return units;
        }

        return text.Length > 0 && text[0] == Gzip
            ? Bytes
            : DetectByZeros(text.Slice(0, Math.Min(text.Length, MaxDetectionBytes)));
    }

    /// <summary>Reads the first unit of a text.</summary>
    internal uint Read(ReadOnlySpan<byte> text) =>
        Size switch
        {
            2 => _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(text) : BinaryPrimitives.ReadUInt16LittleEndian(text),
            4 => _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(text) : BinaryPrimitives.ReadUInt32LittleEndian(text),
            _ => text[0],
        };

    /// <summary>Writes the first unit of a text.</summary>
    internal void Write(Span<byte> text, uint value)
    {
        for (int index = 0; index < Size; index++)
            text[_isBigEndian ? Size - 1 - index : index] = (byte)(value >> (8 * index));
    }

    /// <summary>Gets the position of a character of ASCII in bytes, or -1.</summary>
    internal int IndexOf(ReadOnlySpan<byte> text, byte character)
    {
        if (Size == 1)
            return text.IndexOf(character);
        for (int index = 0; index + Size <= text.Length; index += Size)
        {
            if (Read(text.Slice(index)) == character)
                return index;
        }

        return -1;
    }

    private static CodeUnits DetectByZeros(ReadOnlySpan<byte> text)
    {
        Span<int> zeros = stackalloc int[4];
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == 0)
                zeros[index % 4]++;
        }

        if (((long)zeros[0] + zeros[1] + zeros[2] + zeros[3]) * MaxBytesPerNul < Math.Max(1, text.Length))
            return Bytes;
        int units = text.Length / 4; // In UTF-32, the highest byte is always zero, and the next one nearly always.
        if (units > 0 && zeros[3] >= units && zeros[2] > units / 2)
            return new CodeUnits(4, false);
        if (units > 0 && zeros[0] >= units && zeros[1] > units / 2)
            return new CodeUnits(4, true);
        return new CodeUnits(2, isBigEndian: zeros[0] + zeros[2] > zeros[1] + zeros[3]);
    }
}
