using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>The data that is lost when a process ends.</summary>
public enum Loss
{
    /// <summary>The process was killed: everything that it wrote is on the disk.</summary>
    Process,

    /// <summary>The power failed: bytes and moves that were not flushed are lost.</summary>
    Power,

    /// <summary>The power failed: half of the bytes that were not flushed and the newest move are on the disk.</summary>
    PowerHalf,
}

/// <summary>
/// A disk to which a process is writing when it ends. It tracks what is flushed, and <see cref="ApplyLoss"/> leaves what
/// a restart would find.
/// </summary>
internal sealed class CrashingFileSystem(CrashPoint cut, Loss loss) : FileSystem
{
    private readonly object _gate = new();
    private readonly Dictionary<string, FileNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<MovedFile> _moves = [];

    /// <summary>Simulates a product that does not flush its files, to prove that the test detects it.</summary>
    internal bool LosesUnflushedFiles { get; init; }

    /// <summary>Simulates a product that does not flush its folders.</summary>
    internal bool LosesUnflushedFolders { get; init; }

    internal override Stream Open(string path, FileMode mode, FileOpenFlags use, string? replaced = null)
    {
        cut.Step();
        lock (_gate)
        {
            FileNode node = GetNode(path);
            Stream real = base.Open(path, mode, use, replaced);
            node.Exists();
            try
            {
                cut.Step();
            }
            catch (CrashException)
            {
                real.Dispose();
                throw;
            }

            return new CrashingStream(this, node, real);
        }
    }

    internal override void CreatePrivateDirectory(string path)
    {
        cut.Step();
        base.CreatePrivateDirectory(path);
        cut.Step();
    }

    internal override void FlushToDisk(Stream stream)
    {
        cut.Step();
        lock (_gate)
        {
            if (!LosesUnflushedFiles)
                ((CrashingStream)stream).Node.Flush();
        }

        cut.Step();
    }

    internal override void FlushDirectory(string path)
    {
        cut.Step();
        lock (_gate)
            _moves.RemoveAll(move => !LosesUnflushedFolders && Path.GetDirectoryName(move.To) == path);
        cut.Step();
    }

    internal override void Move(string from, string to)
    {
        cut.Step();
        lock (_gate)
        {
            FileNode moved = GetNode(from);
            _moves.Add(new MovedFile(from, to, GetNode(to)));
            base.Move(from, to);
            _nodes[to] = moved;
            _nodes.Remove(from);
        }

        cut.Step();
    }

    internal override void Delete(string path)
    {
        cut.Step();
        base.Delete(path);
        lock (_gate)
            _nodes.Remove(path);
        cut.Step();
    }

    /// <summary>Leaves on the disk what a restart finds. Call it after the process has ended.</summary>
    internal void ApplyLoss()
    {
        if (!cut.HasHappened || loss == Loss.Process)
            return;

        int kept = loss == Loss.PowerHalf ? 1 : 0;
        foreach (MovedFile move in _moves.SkipLast(kept).Reverse())
        {
            // A later move of the same file was kept.
            if (_nodes.Remove(move.To, out FileNode? moved))
                _nodes[move.From] = moved;
            _nodes[move.To] = move.Replaced;
        }

        foreach ((string path, FileNode node) in _nodes)
        {
            if (node.GetBytesAfterLoss(loss) is { } bytes)
                File.WriteAllBytes(path, bytes);
            else
                File.Delete(path);
        }
    }

    /// <summary>A file that this process has not changed is on the disk as it is.</summary>
    private FileNode GetNode(string path)
    {
        if (!_nodes.TryGetValue(path, out FileNode? node))
            _nodes.Add(path, node = new FileNode(File.Exists(path) ? File.ReadAllBytes(path) : null));
        return node;
    }

    private sealed record MovedFile(string From, string To, FileNode Replaced);

    /// <summary>A file, independent of its name.</summary>
    private sealed class FileNode(byte[]? durable)
    {
        private byte[]? _durable = durable;
        private MemoryStream? _now = durable is null ? null : Copy(durable);

        internal void Exists() => _now ??= new MemoryStream();

        internal void Flush() => _durable = _now!.ToArray();

        internal void SetLength(long length) => _now!.SetLength(length);

        internal void Write(long position, ReadOnlySpan<byte> bytes)
        {
            _now!.Position = position;
            _now.Write(bytes);
        }

        internal byte[]? GetBytesAfterLoss(Loss loss)
        {
            if (loss == Loss.Power || _now is null)
                return _durable;

            byte[] now = _now.ToArray();
            int flushed = _durable is not null && now.AsSpan().StartsWith(_durable) ? _durable.Length : 0;
            return now[..(flushed + ((now.Length - flushed) / 2))];
        }

        private static MemoryStream Copy(byte[] bytes)
        {
            var copy = new MemoryStream();
            copy.Write(bytes);
            return copy;
        }
    }

    private sealed class CrashingStream(CrashingFileSystem files, FileNode node, Stream real) : Stream
    {
        internal FileNode Node => node;

        public override bool CanRead => real.CanRead;

        public override bool CanSeek => real.CanSeek;

        public override bool CanWrite => real.CanWrite;

        public override long Length => real.Length;

        public override long Position
        {
            get => real.Position;
            set => real.Position = value;
        }

        public override void Flush() => real.Flush();

        public override int Read(byte[] buffer, int offset, int count) => real.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => real.Seek(offset, origin);

        public override void SetLength(long value)
        {
            files.Step();
            lock (files._gate)
            {
                real.SetLength(value);
                node.SetLength(value);
            }

            files.Step();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        /// <summary>In two halves, because a process may end between them.</summary>
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int half = buffer.Length / 2;
            WritePart(buffer[..half]);
            WritePart(buffer[half..]);
            files.Step();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return default;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                real.Dispose();
            base.Dispose(disposing);
        }

        private void WritePart(ReadOnlySpan<byte> bytes)
        {
            files.Step();
            lock (files._gate)
            {
                long position = real.Position;
                real.Write(bytes);
                node.Write(position, bytes);
            }
        }
    }

    private void Step() => cut.Step();
}
