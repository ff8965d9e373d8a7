using System.Buffers.Binary;
using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// A key in 16 bytes, so that a million of them fit into little memory. That two keys have the same one is as likely as a
/// file with another's SHA-256 cut in half.
/// </summary>
internal readonly record struct KeyHash(ulong High, ulong Low)
{
    internal static KeyHash Compute(ResumeKey key)
    {
        // Lengths between the parts: "a" + "bc" is not "ab" + "c".
        byte[] text = Encoding.UTF8.GetBytes(
            $"{key.IntegrationContext.Length}:{key.CandidateId.Length}:{key.IntegrationContext}{key.CandidateId}{key.ResumeId}");
        byte[] hash = Sha256Hash.Compute(text);
        return new KeyHash(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8)));
    }
}
