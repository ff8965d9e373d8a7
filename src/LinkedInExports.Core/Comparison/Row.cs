using System.Buffers.Binary;

namespace LinkedInExports.Core.Comparison;

/// <summary>
/// A record as bytes in a shared buffer: its key, its compared values, and the payload with the rest of the record. Rows are
/// sorted by these bytes.
/// </summary>
internal readonly struct Row(byte[] buffer, int start)
{
    internal const int HeaderLength = 3 * sizeof(int);

    internal byte[] Buffer => buffer;

    internal int Start => start;

    internal int Length => HeaderLength + KeyLength + ComparedLength + PayloadLength;

    internal ReadOnlySpan<byte> Key => buffer.AsSpan(start + HeaderLength, KeyLength);

    internal ReadOnlySpan<byte> Compared => buffer.AsSpan(start + HeaderLength + KeyLength, ComparedLength);

    internal ReadOnlySpan<byte> Payload => buffer.AsSpan(start + HeaderLength + KeyLength + ComparedLength, PayloadLength);

    private int KeyLength => ReadLength(0);

    private int ComparedLength => ReadLength(sizeof(int));

    private int PayloadLength => ReadLength(2 * sizeof(int));

    internal int CompareTo(Row other)
    {
        int order = Key.SequenceCompareTo(other.Key);
        if (order == 0)
            order = Compared.SequenceCompareTo(other.Compared);
        return order != 0 ? order : Payload.SequenceCompareTo(other.Payload);
    }

    /// <summary>Copies the row to a new buffer.</summary>
    internal Row Copy() => new(buffer.AsSpan(start, Length).ToArray(), 0);

    private int ReadLength(int offset) => BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(start + offset));
}
