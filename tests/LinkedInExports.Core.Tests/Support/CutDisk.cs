using LinkedInExports.Core.Durability;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// A disk that is cut off at a step: a write gets half of its bytes there, and nothing works any more. After that the
/// disk is as a killed process leaves it, or, with <see cref="LoseWhatWasNotFlushed"/>, as a power cut may. Like Windows,
/// it moves nothing over a file that is open.
/// </summary>
internal sealed class CutDisk : FileSystem
{
    private readonly object _gate = new();
    private readonly Dictionary<string, long> _flushed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _created = new(StringComparer.Ordinal);
    private readonly List<(string From, string To, byte[]? Before)> _moved = [];
    private readonly List<CutStream> _open = [];

    /// <summary>The number of the step that is the last one, from 1; half of it happens.</summary>
    internal int CutAt { get; init; } = int.MaxValue;

    internal int Steps { get; private set; }

    internal bool IsCut { get; private set; }

    /// <summary>The process ends now, between two steps.</summary>
    internal void Cut()
    {
        lock (_gate)
            IsCut = true;
    }

    internal override void CreatePrivateFolder(string path)
    {
        Step();
        base.CreatePrivateFolder(path);
    }

    internal override Stream Open(string path, FileMode mode, FileUse use)
    {
        Step();
        bool isNew = !File.Exists(path);
        var stream = new CutStream(this, base.Open(path, mode, use), path);
        lock (_gate)
        {
            _open.Add(stream);
            if (isNew)
                _created.Add(path);
            _flushed[path] = isNew || mode == FileMode.Create ? 0 : stream.Length;
        }

        return stream;
    }

    internal override void FlushToDisk(Stream stream)
    {
        Step();
        var cut = (CutStream)stream;
        base.FlushToDisk(cut.Real);
        lock (_gate)
            _flushed[cut.Path] = cut.Length;
    }

    internal override void Move(string from, string to)
    {
        Step();
        lock (_gate)
        {
            if (_open.Any(stream => stream.Path == to))
                throw new IOException($"{to} is open.");
            _moved.Add((from, to, File.Exists(to) ? File.ReadAllBytes(to) : null));
            _flushed[to] = _flushed[from];
        }

        base.Move(from, to);
    }

    internal override void FlushFolder(string path)
    {
        Step();
        base.FlushFolder(path);
        lock (_gate)
        {
            _moved.RemoveAll(move => Path.GetDirectoryName(move.To) == path);
            _created.RemoveWhere(created => Path.GetDirectoryName(created) == path);
        }
    }

    internal override void Delete(string path)
    {
        Step();
        base.Delete(path);
    }

    /// <summary>Takes back what had not reached the disk itself: moves, ends of files, new files.</summary>
    internal void LoseWhatWasNotFlushed()
    {
        Assert.Empty(_open);
        foreach ((string from, string to, byte[]? before) in Enumerable.Reverse(_moved))
        {
            File.Move(to, from, overwrite: true);
            if (before is not null)
                File.WriteAllBytes(to, before);
            _flushed[from] = _flushed[to];
            _flushed[to] = before?.Length ?? 0;
        }

        foreach ((string path, long length) in _flushed.Where(file => File.Exists(file.Key)))
        {
            if (_created.Contains(path) && _moved.All(move => move.To != path))
            {
                File.Delete(path);
            }
            else
            {
                using var stream = new FileStream(path, FileMode.Open);
                stream.SetLength(Math.Min(stream.Length, length));
            }
        }
    }

    /// <returns>Whether the step is the one that happens by half.</returns>
    private bool CountStep()
    {
        lock (_gate)
        {
            if (IsCut)
                throw new IOException("The disk is gone.");
            IsCut = ++Steps == CutAt;
            return IsCut;
        }
    }

    private void Step()
    {
        if (CountStep())
            throw new IOException("The disk is gone.");
    }

    private sealed class CutStream(CutDisk disk, Stream real, string path) : WrittenStream(real)
    {
        internal string Path => path;

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (!disk.CountStep())
            {
                Real.Write(buffer, offset, count);
                return;
            }

            Real.Write(buffer, offset, count / 2);
            throw new IOException("The disk is gone.");
        }

        protected override void Before(string operation, int bytes) => disk.Step();

        protected override void Dispose(bool disposing)
        {
            lock (disk._gate)
                disk._open.Remove(this);
            base.Dispose(disposing);
        }
    }
}
