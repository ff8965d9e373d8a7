using System.Buffers;
using System.Security.Cryptography;
using System.Threading.Channels;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// A read-only stream over a download that also writes the bytes to a file and hashes them.
/// </summary>
/// <remarks>
/// The network, the reader and the disk work concurrently, with a few blocks between them as buffers.
/// </remarks>
internal sealed class DownloadStream : ReadOnlyStream
{
    private const int BlockBytes = 128 * 1024;
    private const int BlockCount = 6;

    /// <summary>The number of bytes between flushes, so that the last flush takes little time.</summary>
    private const int FlushInterval = 32 * 1024 * 1024;

    private readonly ResumableDownload _download;
    private readonly AtomicFileWriter _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Action<int> _onReceived;
    private readonly string _path;
    private readonly CancellationTokenSource _stop;
    private readonly byte[][] _rented = new byte[BlockCount][];
    private readonly Channel<byte[]> _freeBlocks = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<Block> _readQueue = Channel.CreateUnbounded<Block>();
    private readonly Channel<Block> _writeQueue = Channel.CreateUnbounded<Block>();
    private readonly Task _fetchTask;
    private readonly Task _writeTask;
    private Block _current;
    private int _position;

    private DownloadStream(
        ResumableDownload body,
        AtomicFileWriter file,
        string path,
        Action<int> onReceived,
        CancellationToken cancellationToken
    )
    {
        _download = body;
        _file = file;
        _path = path;
        _onReceived = onReceived;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (int i = 0; i < BlockCount; i++)
        {
            _rented[i] = ArrayPool<byte>.Shared.Rent(BlockBytes);
            _freeBlocks.Writer.TryWrite(_rented[i]);
        }

        _fetchTask = Task.Run(FetchAsync, CancellationToken.None);
        _writeTask = Task.Run(WriteAsync, CancellationToken.None);
    }

    /// <summary>The number of bytes that were read.</summary>
    internal long BytesRead { get; private set; }

    /// <summary>Whether the last byte that was read ends a line; true before the first byte.</summary>
    internal bool EndsWithLineBreak { get; private set; } = true;

    /// <summary>Downloads a file while a callback reads its bytes.</summary>
    /// <param name="body">The source of the bytes.</param>
    /// <param name="file">The file to write.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="onReceived">Receives the number of bytes of each block.</param>
    /// <param name="read">Reads the stream to its end.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">The download failed, or the file cannot be written.</exception>
    internal static async Task<T> ReceiveAsync<T>(
        ResumableDownload body,
        AtomicFileWriter file,
        string path,
        Action<int> onReceived,
        Func<DownloadStream, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        using var stream = new DownloadStream(body, file, path, onReceived, cancellationToken);
        try
        {
            return await read(stream).ConfigureAwait(false);
        }
        finally
        {
            // Afterwards, the network and the file are not in use.
            stream._stop.Cancel();
            await Task.WhenAny(Task.WhenAll(stream._fetchTask, stream._writeTask)).ConfigureAwait(false);
        }
    }

    /// <summary>Gets the SHA-256 of all bytes that were read.</summary>
    internal string Sha256() => Hex.Encode(_hash.GetHashAndReset());

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_position == _current.Length && !await ReadNextBlockAsync().ConfigureAwait(false))
            return 0;

        int copied = Math.Min(count, _current.Length - _position);
        Buffer.BlockCopy(_current.Bytes, _position, buffer, offset, copied);
        _position += copied;
        if (_position == _current.Length)
            _writeQueue.Writer.TryWrite(_current);
        return copied;
    }

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> array)
            ? new ValueTask<int>(ReadAsync(array.Array!, array.Offset, array.Count, cancellationToken))
            : ReadThroughArrayAsync(buffer, cancellationToken);

    private async ValueTask<int> ReadThroughArrayAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        byte[] array = new byte[Math.Min(buffer.Length, 64 * 1024)];
        int read = await ReadAsync(array, 0, array.Length, cancellationToken).ConfigureAwait(false);
        array.AsMemory(0, read).CopyTo(buffer);
        return read;
    }
#endif

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A download is read asynchronously only, so that it can be stopped.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            _stop.Dispose();
            foreach (byte[] bytes in _rented)
                ArrayPool<byte>.Shared.Return(bytes);
        }

        base.Dispose(disposing);
    }

    /// <returns>False at the end, after all bytes are written.</returns>
    private async Task<bool> ReadNextBlockAsync()
    {
        if (!await _readQueue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            _writeQueue.Writer.TryComplete();
            await _writeTask.ConfigureAwait(false);
            return false;
        }

        _readQueue.Reader.TryRead(out _current);
        _position = 0;
        _hash.AppendData(_current.Bytes, 0, _current.Length);
        BytesRead += _current.Length;
        EndsWithLineBreak = _current.Bytes[_current.Length - 1] is (byte)'\n' or (byte)'\r';
        return true;
    }

    private async Task FetchAsync()
    {
        Exception? failure = null;
        try
        {
            int read;
            do
            {
                byte[] bytes = await _freeBlocks.Reader.ReadAsync(_stop.Token).ConfigureAwait(false);
                int length = 0;
                do
                {
                    read = await _download.ReadAsync(bytes, length, BlockBytes - length, _stop.Token).ConfigureAwait(false);
                    length += read;
                    if (read > 0)
                        _onReceived(read);
                } while (read > 0 && length < BlockBytes);

                if (length > 0)
                    _readQueue.Writer.TryWrite(new Block(bytes, length));
            } while (read > 0);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (failure is OperationCanceledException)
        {
            try
            {
                await _writeTask.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failure = exception; // The disk failed, which stopped the download.
            }
        }

        _readQueue.Writer.TryComplete(failure);
    }

    private async Task WriteAsync()
    {
        Task flushing = Task.CompletedTask;
        int unflushed = 0;
        try
        {
            while (await _writeQueue.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                while (_writeQueue.Reader.TryRead(out Block block))
                {
                    _file.Stream.Write(block.Bytes, 0, block.Length);
                    _freeBlocks.Writer.TryWrite(block.Bytes);
                    unflushed += block.Length;
                    if (!AtomicFileWriter.CanFlushDuringWrite || unflushed < FlushInterval || !flushing.IsCompleted)
                        continue;

                    await flushing.ConfigureAwait(false);
                    flushing = Task.Run(_file.Flush);
                    unflushed = 0;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.CreateWriteError(_path, exception);
        }
        finally
        {
            _stop.Cancel();
            await flushing.ConfigureAwait(false); // A flush reports a failure only once, so it must not be lost.
        }
    }

    private readonly record struct Block(byte[] Bytes, int Length);
}
