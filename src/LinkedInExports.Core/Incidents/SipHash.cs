using System.Buffers.Binary;

namespace LinkedInExports.Core.Incidents;

/// <summary>SipHash-2-4: a fast keyed hash of short inputs, which cannot be computed or guessed without the key.</summary>
internal static class SipHash
{
    internal static ulong Compute(ulong key0, ulong key1, ReadOnlySpan<byte> data)
    {
        ulong v0 = key0 ^ 0x736f6d6570736575;
        ulong v1 = key1 ^ 0x646f72616e646f6d;
        ulong v2 = key0 ^ 0x6c7967656e657261;
        ulong v3 = key1 ^ 0x7465646279746573;
        ulong last = (ulong)data.Length << 56;
        for (; data.Length >= sizeof(ulong); data = data.Slice(sizeof(ulong)))
            Add(BinaryPrimitives.ReadUInt64LittleEndian(data));
        for (int index = 0; index < data.Length; index++)
            last |= (ulong)data[index] << (8 * index);
        Add(last);

        v2 ^= 0xff;
        Round();
        Round();
        Round();
        Round();
        return v0 ^ v1 ^ v2 ^ v3;

        void Add(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        void Round()
        {
            v0 += v1;
            v2 += v3;
            v1 = Rotate(v1, 13) ^ v0;
            v3 = Rotate(v3, 16) ^ v2;
            v0 = Rotate(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Rotate(v1, 17) ^ v2;
            v3 = Rotate(v3, 21) ^ v0;
            v2 = Rotate(v2, 32);
        }
    }

    private static ulong Rotate(ulong value, int bits) => (value << bits) | (value >> (64 - bits));
}
