using System.Security.Cryptography;

namespace LinkedInExports.Core.IO;

/// <summary>Computes SHA-256 hashes, on .NET and .NET Framework.</summary>
internal static class Sha256Hash
{
    private const int BufferSize = 256 * 1024;

    internal static byte[] Compute(byte[] bytes)
    {
#if NET
        return SHA256.HashData(bytes);
#else
        using var hash = SHA256.Create();
        return hash.ComputeHash(bytes);
#endif
    }

    /// <summary>Computes a hash in lower-case hexadecimal.</summary>
    internal static string ComputeHex(byte[] bytes) => Hex.Encode(Compute(bytes));

    /// <summary>Computes the hash of a stream from its position to its end, in lower-case hexadecimal.</summary>
    internal static string ComputeHex(Stream stream, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Hex.Encode(hash.GetHashAndReset());
    }
}
