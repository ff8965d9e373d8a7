using System.Buffers.Binary;

namespace LinkedInExports.Core.Comparing;

/// <summary>
/// A record as bytes, in somebody's buffer: the key, the compared values, and what else it takes to make the record again.
/// Rows sort by their bytes, in that order.
/// </summary>
internal readonly struct Row(byte[] buffer, int start)
{
    internal const int HeadLength = 3 * sizeof(int);

    internal byte[] Buffer => buffer;

    internal int Start => start;

    internal int Length => HeadLength + KeyLength + ComparedLength + RestLength;

    internal ReadOnlySpan<byte> Key => buffer.AsSpan(start + HeadLength, KeyLength);

    internal ReadOnlySpan<byte> Compared => buffer.AsSpan(start + HeadLength + KeyLength, ComparedLength);

    internal ReadOnlySpan<byte> Rest => buffer.AsSpan(start + HeadLength + KeyLength + ComparedLength, RestLength);

    private int KeyLength => LengthAt(0);

    private int ComparedLength => LengthAt(sizeof(int));

    private int RestLength => LengthAt(2 * sizeof(int));

    internal int CompareTo(Row other)
    {
        int order = Key.SequenceCompareTo(other.Key);
        if (order == 0)
            order = Compared.SequenceCompareTo(other.Compared);
        return order != 0 ? order : Rest.SequenceCompareTo(other.Rest);
    }

    /// <summary>The same row in a buffer of its own.</summary>
    internal Row Copy() => new(buffer.AsSpan(start, Length).ToArray(), 0);

    private int LengthAt(int offset) => BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(start + offset));
}
