using System.Security.Cryptography;
using LinkedInExports.Core.Durability;

namespace LinkedInExports.Core.Exports.Saving;

/// <summary>
/// A download as a stream: whoever reads it to the end has written it to the file and hashed it on the way, in one pass
/// over the bytes.
/// </summary>
internal sealed class ArrivingFile : Stream
{
    private readonly DownloadBody _body;
    private readonly PartialFile _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Action<int> _arrived;
    private readonly string _path;

    internal ArrivingFile(DownloadBody body, PartialFile file, string path, Action<int> arrived)
    {
        _body = body;
        _file = file;
        _path = path;
        _arrived = arrived;
    }

    /// <summary>Bytes so far.</summary>
    internal long BytesRead { get; private set; }

    /// <summary>Whether the last byte so far ends a line; true for no bytes.</summary>
    internal bool EndsWithLineBreak { get; private set; } = true;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    /// <summary>The SHA-256 of all that was read.</summary>
    internal string Sha256() => Hex.Of(_hash.GetHashAndReset());

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int read = await _body.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        if (read == 0)
            return 0;

        try
        {
            await _file.Stream.WriteAsync(buffer, offset, read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Writing(_path, exception);
        }

        _hash.AppendData(buffer, offset, read);
        BytesRead += read;
        EndsWithLineBreak = buffer[offset + read - 1] is (byte)'\n' or (byte)'\r';
        _arrived(read);
        return read;
    }

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> array)
            ? new ValueTask<int>(ReadAsync(array.Array!, array.Offset, array.Count, cancellationToken))
            : ReadThroughArrayAsync(buffer, cancellationToken);

    private async ValueTask<int> ReadThroughArrayAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        byte[] array = new byte[Math.Min(buffer.Length, 64 * 1024)];
        int read = await ReadAsync(array, 0, array.Length, cancellation).ConfigureAwait(false);
        array.AsMemory(0, read).CopyTo(buffer);
        return read;
    }
#endif

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A download is read asynchronously only, so that it can be stopped.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
