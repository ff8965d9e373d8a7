using System.Buffers;
using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Http;

/// <summary>What is known of a body that was read and let go.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">The hash of all of them.</param>
/// <param name="Bytes">The body itself, if it was to be kept.</param>
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
