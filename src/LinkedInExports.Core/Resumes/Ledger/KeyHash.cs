using System.Buffers.Binary;
using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// A key in 16 bytes, to save memory: 128-bit truncated SHA-256, whose collisions are negligible.
/// </summary>
internal readonly record struct KeyHash(ulong High, ulong Low) : IComparable<KeyHash>
{
    public int CompareTo(KeyHash other) => High == other.High ? Low.CompareTo(other.Low) : High.CompareTo(other.High);

    internal static KeyHash Compute(ResumeKey key)
    {
        // With the lengths, because "a" + "bc" must differ from "ab" + "c".
        byte[] text = Encoding.UTF8.GetBytes(
            $"{key.IntegrationContext.Length}:{key.CandidateId.Length}:{key.IntegrationContext}{key.CandidateId}{key.ResumeId}"
        );
        byte[] hash = Sha256Hash.Compute(text);
        return new KeyHash(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8)));
    }
}
