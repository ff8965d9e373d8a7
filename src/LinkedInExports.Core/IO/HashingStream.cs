using System.Security.Cryptography;

namespace LinkedInExports.Core.IO;

/// <summary>Hashes a file while it is read.</summary>
internal sealed class HashingStream(Stream file) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override long Length => file.Length;

    /// <summary>Gets the SHA-256 of all bytes that were read.</summary>
    internal string Sha256() => Hex.Encode(_hash.GetHashAndReset());

    /// <summary>Hashes the remaining bytes.</summary>
    /// <returns>The number of bytes.</returns>
    internal long ReadToEnd()
    {
        var buffer = new byte[4096];
        long length = 0;
        int read;
        while ((read = Read(buffer, 0, buffer.Length)) > 0)
            length += read;
        return length;
    }

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
    public override int Read(Span<byte> buffer)
    {
        int read = file.Read(buffer);
        _hash.AppendData(buffer[..read]);
        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span));
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
