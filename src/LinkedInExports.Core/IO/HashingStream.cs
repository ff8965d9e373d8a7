using System.Security.Cryptography;

namespace LinkedInExports.Core.IO;

/// <summary>Hashes a file while it is read.</summary>
internal sealed class HashingStream(Stream file) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override long Length => file.Length;

    /// <summary>Gets the SHA-256 of all bytes that were read.</summary>
    internal string Sha256() => Hex.Encode(_hash.GetHashAndReset());

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = file.Read(buffer, offset, count);
        _hash.AppendData(buffer, offset, read);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read(buffer, offset, count));
    }

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int read = file.Read(buffer.Span);
        _hash.AppendData(buffer.Span[..read]);
        return new ValueTask<int>(read);
    }
#endif

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
