using System.Buffers;
using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Http;

/// <summary>The digest of a body that is not kept in memory.</summary>
/// <param name="Length">The number of bytes.</param>
/// <param name="Sha256">The hash of the body.</param>
/// <param name="Bytes">The body, if it is kept.</param>
internal sealed record BodyDigest(long Length, byte[] Sha256, byte[]? Bytes)
{
    private const int BufferSize = 64 * 1024;

    public static async Task<BodyDigest> ReadAsync(Stream body, bool keep, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using MemoryStream? kept = keep ? new() : null;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long length = 0;
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                kept?.Write(buffer, 0, count);
                length += count;
            }

            return new(length, hash.GetHashAndReset(), kept?.ToArray());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static BodyDigest Compute(byte[] bytes, bool keep) => new(bytes.Length, SHA256.HashData(bytes), keep ? bytes : null);
}
