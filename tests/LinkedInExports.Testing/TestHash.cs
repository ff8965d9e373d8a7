using System.Security.Cryptography;

namespace LinkedInExports.Testing;

/// <summary>The hashes that the module shows, computed independently of it.</summary>
internal static class TestHash
{
    /// <summary>Gets the SHA-256 in lowercase hexadecimal.</summary>
    internal static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();
}
