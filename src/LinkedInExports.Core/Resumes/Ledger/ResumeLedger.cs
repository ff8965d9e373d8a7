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
    private LedgerPosition _position;

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
    /// <param name="indexInterval">The number of entries after which an index is written.</param>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.LedgerInUse"/>, <see cref="LinkedInErrorId.LedgerCorrupt"/>,
    /// <see cref="LinkedInErrorId.LedgerMismatch"/> or <see cref="LinkedInErrorId.FileWriteFailed"/>.
    /// </exception>
    internal static ResumeLedger Open(
        FileSystem files,
        string folder,
        string api,
        TimeProvider time,
        int indexInterval = DefaultIndexInterval
    )
    {
        if (!Directory.Exists(folder))
            FileErrors.TranslateWrite(folder, () => files.CreatePrivateDirectory(folder));
        var ledger = new ResumeLedger(files, folder, api, time, LedgerLock.Acquire(files, folder))
        {
            IndexInterval = indexInterval,
        };
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

    private int IndexInterval { get; init; }

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
    internal void Append(LedgerEntry entry)
    {
        lock (_gate)
        {
            FlushUnchanged();
            Write(entry);
        }
    }

    /// <summary>Flushes all entries to the disk.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            FlushUnchanged();
            FileErrors.TranslateWrite(_path, () => _files.FlushToDisk(_stream));
            _head.Write(_position);
            if (_state.EntryCount - _indexedEntries >= IndexInterval)
                WriteIndex();
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

    private void Write(LedgerEntry entry)
    {
        entry = entry.Truncate();
        entry.At = GetNow();
        byte[] bytes = ChecksummedLine.Encode(entry.ToJson(), _position.Check, out ulong check);
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

        FileErrors.TranslateWrite(
            _path,
            () =>
            {
                _stream.Position = _position.End;
                _stream.Write(bytes, 0, bytes.Length);
            }
        );
        _position = new LedgerPosition(
            _position.Ledger,
            Offset: _position.End,
            Previous: _position.Check,
            End: _position.End + bytes.Length,
            check
        );
        _state.Apply(entry, _position.Offset, _position.Previous);
    }

    private long GetNow() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
