using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// Stores the state of each resume in an append-only file. Each step is written right after it is done, so after a crash only
/// the step in progress is unknown, and repeating it is safe. One process at a time writes.
/// </summary>
/// <remarks>A log-structured store: memory holds the offset of the newest entry of each record.</remarks>
internal sealed partial class ResumeLedger : ILedgerLookup, IDisposable
{
    internal const string FileName = "resume-sync.ledger";

    /// <summary>A ledger with fewer entries is never compacted.</summary>
    private const int CompactionThreshold = 2000;

    private readonly object _gate = new();
    private readonly FileSystem _files;
    private readonly TimeProvider _time;
    private readonly string _folder;
    private readonly string _path;
    private readonly string _api;
    private readonly Stream _lock;
    private readonly LedgerHeadWriter _head;
    private LedgerState _state = new();
    private Stream _stream = Stream.Null;
    private string _firstCheck = "";
    private ulong _endCheck;
    private long _end;

    private ResumeLedger(FileSystem files, string folder, string api, TimeProvider time, Stream lockFile)
    {
        _files = files;
        _folder = folder;
        _path = Path.Combine(folder, FileName);
        _api = api;
        _time = time;
        _lock = lockFile;
        _head = new LedgerHeadWriter(files, folder);
    }

    /// <summary>Opens the ledger of a folder, or creates one.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="folder">The folder; created for the current user only if it does not exist.</param>
    /// <param name="api">Host and port of the API.</param>
    /// <param name="time">The source of time.</param>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.LedgerInUse"/>, <see cref="LinkedInErrorId.LedgerCorrupt"/>,
    /// <see cref="LinkedInErrorId.LedgerMismatch"/> or <see cref="LinkedInErrorId.FileWriteFailed"/>.
    /// </exception>
    internal static ResumeLedger Open(FileSystem files, string folder, string api, TimeProvider time)
    {
        if (!Directory.Exists(folder))
            FileErrors.TranslateWrite(folder, () => files.CreatePrivateDirectory(folder));
        var ledger = new ResumeLedger(files, folder, api, time, LedgerLock.Acquire(files, folder));
        try
        {
            ledger.Load(mayCompact: true);
            return ledger;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    public LedgerState State => _state;

    /// <summary>Starts a run with a number of records.</summary>
    internal void BeginRun(long input)
    {
        long now = GetNow();
        Append(
            new LedgerEntry
            {
                Type = LedgerEntryType.Run,
                Run = new RunCounts { StartedAt = now, Input = input },
            }
        );
        Flush();
    }

    /// <summary>Writes an entry.</summary>
    internal void Append(LedgerEntry line)
    {
        lock (_gate)
        {
            FlushUnchanged();
            Write(line);
        }
    }

    /// <summary>Flushes all entries to the disk.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            FlushUnchanged();
            FileErrors.TranslateWrite(_path, () => _files.FlushToDisk(_stream));
            _head.Write(_firstCheck, _end, _endCheck);
        }
    }

    public void Dispose()
    {
        try
        {
            if (_stream != Stream.Null)
                Flush();
        }
        finally
        {
            _head.Dispose();
            _stream.Dispose();
            _lock.Dispose();
        }
    }

    private void Load(bool mayCompact)
    {
        if (!FileErrors.TranslateRead(_path, () => _files.Exists(_path)))
            Create();
        LedgerHead? head = LedgerHead.Read(_files, _folder);
        _stream = FileErrors.TranslateWrite(
            _path,
            () =>
                _files.Open(
                    _path,
                    FileMode.Open,
                    FileOpenFlags.OwnerOnly | FileOpenFlags.ReadWrite | FileOpenFlags.AllowConcurrentRead
                )
        );
        var reader = new LedgerReader(_stream, _path, head);
        FileErrors.TranslateRead(_path, () => reader.ReadInto(_state));
        (_end, _endCheck, _firstCheck) = (reader.End, reader.EndCheck, reader.FirstCheck!);
        if (_state.Api != _api)
            throw LedgerReader.CreateMismatchError(_path, _state.Api, _api);
        if (reader.HasTornTail)
            FileErrors.TranslateWrite(_path, () => _stream.SetLength(_end));

        if (mayCompact && _state.EntryCount > CompactionThreshold && _state.LiveEntries < _state.EntryCount / 2)
            Compact();
    }

    /// <summary>Creates a ledger with its first line: a ledger without that line is corrupt.</summary>
    private void Create()
    {
        // The head of a ledger that was deleted or moved.
        FileErrors.TranslateWrite(_path, () => _files.Delete(Path.Combine(_folder, LedgerHead.FileName)));
        Replace(target => LedgerCompactor.WriteLine(target, LedgerEntry.ForLedger(_api, GetNow()), null));
    }

    /// <summary>Replaces the ledger by one with the entries that still count.</summary>
    private void Compact()
    {
        Replace(target => new LedgerCompactor(_state, _path, GetNow()).Write(_stream, target, _api, _endCheck));
        _state = new LedgerState();
        Load(mayCompact: false);
        Flush(); // Also writes the head, which still describes the old ledger.
    }

    private void Replace(Action<Stream> write)
    {
        using var partial = AtomicFileWriter.Open(_files, _path, FileOpenFlags.OwnerOnly);
        partial.Truncate();
        FileErrors.TranslateWrite(
            _path,
            () =>
            {
                // Not disposed: the writer disposes the stream.
                var buffered = new BufferedStream(partial.Stream, 256 * 1024);
                write(buffered);
                buffered.Flush();
            }
        );
        partial.Flush();

        // Windows cannot replace an open file. The lock prevents concurrent access meanwhile.
        _stream.Dispose();
        _stream = Stream.Null;
        partial.Commit();
    }

    private void Write(LedgerEntry line)
    {
        line = line.Truncate();
        line.At = GetNow();
        byte[] bytes = ChecksummedLine.Encode(line.ToJson(), _endCheck, out ulong check);
        if (bytes.Length > LedgerReader.MaxLineLength)
        {
            throw new LinkedInException(
                LinkedInErrorId.FileWriteFailed,
                $"{_path} cannot be written: a line of {bytes.Length} bytes exceeds the maximum of {LedgerReader.MaxLineLength}."
            )
            {
                Target = _path,
            };
        }

        long offset = _end;
        FileErrors.TranslateWrite(
            _path,
            () =>
            {
                _stream.Position = _end;
                _stream.Write(bytes, 0, bytes.Length);
            }
        );
        ulong previous = _endCheck;
        _end += bytes.Length;
        _endCheck = check;
        _state.Apply(line, offset, previous);
    }

    private long GetNow() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
