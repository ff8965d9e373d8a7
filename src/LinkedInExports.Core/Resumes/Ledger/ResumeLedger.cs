using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// What has become of each resume, in a file that only grows: a line for each step, written right after it, so that a run
/// that dies at any moment leaves everything known but the step it was in, and repeating that step does no harm. One
/// process at a time writes.
/// </summary>
/// <remarks>A log-structured store: the lines are the truth, memory holds where the newest of each record is.</remarks>
internal sealed class ResumeLedger : ILedgerLookup, IQuotaStore, IDisposable
{
    internal const string FileName = "resume-sync.ledger";
    private const string LockName = "resume-sync.lock";

    /// <summary>With fewer lines than this a ledger is never too large.</summary>
    private const int CompactionThreshold = 2000;

    private readonly object _gate = new();
    private readonly FileSystem _files;
    private readonly TimeProvider _time;
    private readonly string _folder;
    private readonly string _path;
    private readonly string _api;
    private readonly Stream _lock;
    private LedgerState _state = new();
    private Stream _stream = Stream.Null;
    private Stream? _headStream;
    private int? _version;
    private string _firstCheck = "";
    private ulong _endCheck;
    private long _end;
    private long _headEnd;
    private int _pendingUnchanged;

    private ResumeLedger(FileSystem files, string folder, string api, TimeProvider time, Stream lockFile)
    {
        _files = files;
        _folder = folder;
        _path = Path.Combine(folder, FileName);
        _api = api;
        _time = time;
        _lock = lockFile;
    }

    /// <summary>Opens the ledger of a folder, or begins one there.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="folder">The folder; made when it is not there, for the user's eyes only.</param>
    /// <param name="api">Host and port of the API.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.LedgerInUse"/>, <see cref="LinkedInErrorId.LedgerCorrupt"/>,
    /// <see cref="LinkedInErrorId.LedgerMismatch"/> or <see cref="LinkedInErrorId.FileWriteFailed"/>.
    /// </exception>
    internal static ResumeLedger Open(FileSystem files, string folder, string api, TimeProvider time)
    {
        if (!Directory.Exists(folder))
            FileErrors.TranslateWrite(folder, () => files.CreatePrivateDirectory(folder));
        var ledger = new ResumeLedger(files, folder, api, time, AcquireLock(files, folder));
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

    public LedgerEntry? Find(ResumeKey key)
    {
        lock (_gate)
        {
            if (_state.Find(KeyHash.Compute(key)) is not { } found)
                return null;
            LedgerEntry line = FileErrors.TranslateRead(_path, () => LedgerReader.ReadAt(_stream, found, _version, key, _path));
            return found.IsRemoving ? line with { Type = LedgerEntryType.Uploaded } : line;
        }
    }

    public IReadOnlyList<ResumeKey> Keys(Func<ResumeKey, bool> isWanted, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return FileErrors.TranslateRead(_path, () =>
            {
                var keys = new List<ResumeKey>();
                _stream.Position = 0;
                foreach ((long offset, _, LedgerEntry line) in new LedgerReader(_stream, _path).ReadEntries())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (_state.IsNewest(line, offset) && isWanted(line.Key))
                        keys.Add(line.Key);
                }

                return keys;
            });
        }
    }

    /// <summary>Whether a resend of all records is under way, and this one was not sent since it began.</summary>
    internal bool ShouldResend(ResumeKey key)
    {
        lock (_gate)
            return _state.ShouldResend(key);
    }

    /// <inheritdoc cref="LedgerState.GetLastRefusalOffset"/>
    internal long? GetLastRefusalOffset(ResumeKey key)
    {
        lock (_gate)
        {
            return _state.GetLastRefusalOffset(KeyHash.Compute(key));
        }
    }

    /// <summary>Begins a run with that many records.</summary>
    internal void BeginRun(long input)
    {
        long now = GetNow();
        Append(new LedgerEntry { Type = LedgerEntryType.Run, Run = new RunCounts { StartedAt = now, Input = input } });
        Flush();
    }

    /// <summary>Counts a record that needs nothing. Written down with the next line, a thousand, or the end.</summary>
    internal void AppendUnchanged()
    {
        lock (_gate)
        {
            if (++_pendingUnchanged >= 1000)
                FlushUnchanged();
        }
    }

    /// <summary>Writes a line.</summary>
    internal void Append(LedgerEntry line)
    {
        lock (_gate)
        {
            FlushUnchanged();
            Write(line);
        }
    }

    /// <summary>
    /// Writes down that the removal of records is about to be sent, so that after a crash none counts as in sync that may be
    /// removed. Records that the ledger does not have need no line.
    /// </summary>
    internal void BeginRemoval(IEnumerable<ResumeKey> keys)
    {
        lock (_gate)
        {
            foreach (ResumeKey key in keys)
            {
                if (_state.Find(KeyHash.Compute(key)) is { IsRemoving: false })
                    Append(LedgerEntry.ForRecord(LedgerEntryType.Removing, key));
            }

            Flush();
        }
    }

    /// <summary>Makes sure that everything written so far survives a power cut.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            FlushUnchanged();
            FileErrors.TranslateWrite(_path, () => _files.FlushToDisk(_stream));
            WriteHead();
        }
    }

    IEnumerable<(long Day, int Requests)> IQuotaStore.SavedUsage =>
        _state.Days.Select(line => (line.Day ?? 0, line.Count ?? 0));

    IEnumerable<(int Records, TimeSpan Age)> IQuotaStore.RecentBatches
    {
        get
        {
            DateTimeOffset now = _time.GetUtcNow();
            foreach ((long? answeredAt, int records) in _state.Batches)
            {
                // If the clock was set back, the batch looks like one of the future.
                TimeSpan age = answeredAt is { } at ? now - DateTimeOffset.FromUnixTimeMilliseconds(at) : TimeSpan.Zero;
                yield return (records, age > TimeSpan.Zero ? age : TimeSpan.Zero);
            }
        }
    }

    void IQuotaStore.SaveUsage(long day, int requests, int limit)
    {
        Append(new LedgerEntry { Type = LedgerEntryType.Requests, Day = day, Count = requests, Limit = limit });
        Flush();
    }

    void IQuotaStore.BeginBatch(int records)
    {
        Append(LedgerEntry.ForBatch(isAnswered: false, records));
        Flush();
    }

    void IQuotaStore.EndBatch(int records) => Append(LedgerEntry.ForBatch(isAnswered: true, records));

    public void Dispose()
    {
        try
        {
            if (_stream != Stream.Null)
                Flush();
        }
        finally
        {
            _headStream?.Dispose();
            _stream.Dispose();
            _lock.Dispose();
        }
    }

    private static Stream AcquireLock(FileSystem files, string folder)
    {
        string path = Path.Combine(folder, LockName);
        try
        {
            return files.Open(path, FileMode.OpenOrCreate, FileOpenFlags.OwnerOnly);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw FileErrors.CreateWriteError(path, denied);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new LinkedInException(
                LinkedInErrorId.LedgerInUse, $"The ledger in {folder} is in use by another process, or cannot be opened: {exception.Message}", exception)
            { Target = folder };
        }
        catch (IOException exception)
        {
            throw FileErrors.CreateWriteError(path, exception);
        }
    }

    private void Load(bool mayCompact)
    {
        if (!FileErrors.TranslateRead(_path, () => _files.Exists(_path)))
            Create();
        LedgerHead? head = LedgerHead.Read(_files, _folder);
        _stream = FileErrors.TranslateWrite(_path, () => _files.Open(_path, FileMode.Open, FileOpenFlags.OwnerOnly | FileOpenFlags.ReadWrite | FileOpenFlags.AllowConcurrentRead));
        var reader = new LedgerReader(_stream, _path, head);
        FileErrors.TranslateRead(_path, () => reader.ReadInto(_state));
        (_end, _endCheck, _firstCheck, _version) = (reader.End, reader.EndCheck, reader.FirstCheck!, reader.Version);
        if (_state.Api != _api)
            throw LedgerReader.CreateMismatchError(_path, _state.Api, _api);
        if (reader.HasTornTail)
            FileErrors.TranslateWrite(_path, () => _stream.SetLength(_end));

        bool isOld = _version != LedgerEntry.CurrentVersion;
        if (mayCompact && (isOld || (_state.EntryCount > CompactionThreshold && _state.LiveEntries < _state.EntryCount / 2)))
            Compact();
    }

    /// <summary>Begins a ledger. It gets its name with its first line in it: a ledger without one has lost it.</summary>
    private void Create()
    {
        // That of a ledger which was deleted, or moved away to begin again.
        FileErrors.TranslateWrite(_path, () => _files.Delete(Path.Combine(_folder, LedgerHead.FileName)));
        Replace(target => WriteLine(target, new LedgerEntry { Type = LedgerEntryType.Ledger, Version = LedgerEntry.CurrentVersion, Api = _api, At = GetNow() }, null));
    }

    /// <summary>Writes what still counts into a new file and puts it in the place of the old one.</summary>
    private void Compact()
    {
        Replace(WriteCompacted);
        _state = new LedgerState();
        Load(mayCompact: false);
        Flush(); // And with it the head, which is still that of the old one.
    }

    private void Replace(Action<Stream> write)
    {
        using var partial = AtomicFileWriter.Open(_files, _path, FileOpenFlags.OwnerOnly);
        partial.Truncate();
        FileErrors.TranslateWrite(_path, () =>
        {
            // Not closed: it is the partial file that closes the stream.
            var buffered = new BufferedStream(partial.Stream, 256 * 1024);
            write(buffered);
            buffered.Flush();
        });
        partial.Flush();

        // Windows moves nothing over a file that is open. The lock keeps others away meanwhile.
        _stream.Dispose();
        _stream = Stream.Null;
        partial.Commit();
    }

    private static ulong WriteLine(Stream target, LedgerEntry line, ulong? previous)
    {
        byte[] bytes = ChecksummedLine.Encode(line.ToJson(), previous, out ulong check);
        target.Write(bytes, 0, bytes.Length);
        return check;
    }

    private void WriteCompacted(Stream target)
    {
        ulong? check = null;
        void Copy(LedgerEntry line) => check = WriteLine(target, line.Truncate(), check);

        Copy(new LedgerEntry
        {
            Type = LedgerEntryType.Ledger,
            Version = LedgerEntry.CurrentVersion,
            Api = _api,
            Replaces = ChecksummedLine.Format(_endCheck),
            At = GetNow(),
        });
        _stream.Position = 0;
        foreach ((long offset, _, LedgerEntry line) in new LedgerReader(_stream, _path).ReadEntries())
        {
            if (_state.IsNewest(line, offset))
            {
                Copy(line);
                if (_state.Find(KeyHash.Compute(line.Key)) is { IsRemoving: true })
                    Copy(LedgerEntry.ForRecord(LedgerEntryType.Removing, line.Key) with { At = line.At });
            }
            else if (line.Type == LedgerEntryType.ResendStarted && offset == _state.ResendStart)
            {
                Copy(line);
            }
        }

        // After the records, which would count again, and before the failures, which are to.
        RunCounts run = _state.Run;
        Copy(new LedgerEntry
        {
            Type = LedgerEntryType.Run,
            Run = new RunCounts
            {
                StartedAt = run.StartedAt,
                Input = run.Input,
                Synced = run.Synced,
                Unchanged = run.Unchanged,
                Failed = run.Failed - _state.CountFailures(LedgerEntryType.Failed),
                Rejected = run.Rejected - _state.CountFailures(LedgerEntryType.Rejected),
                Removed = run.Removed,
            },
            At = _state.ChangedAt,
        });
        _stream.Position = 0;
        foreach ((long offset, _, LedgerEntry line) in new LedgerReader(_stream, _path).ReadEntries())
        {
            if (line.Type is LedgerEntryType.Failed or LedgerEntryType.Rejected && _state.IsFailure(line, offset))
                Copy(line);
        }

        foreach ((long? answeredAt, int records) in _state.Batches.Where(batch => !(GetNow() - batch.AnsweredAt > RecordRateLimiter.WindowMilliseconds)))
            Copy(new LedgerEntry { Type = answeredAt is null ? LedgerEntryType.Sending : LedgerEntryType.Answered, Count = records, At = answeredAt ?? GetNow() });
        foreach (LedgerEntry day in _state.Days)
            Copy(day);
    }

    private void FlushUnchanged()
    {
        if (_pendingUnchanged == 0)
            return;
        int count = _pendingUnchanged;
        _pendingUnchanged = 0;
        Write(new LedgerEntry { Type = LedgerEntryType.Unchanged, Count = count });
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
                $"{_path} cannot be written: a line of {bytes.Length} bytes is longer than the {LedgerReader.MaxLineLength} that are read back.")
            { Target = _path };
        }

        long offset = _end;
        FileErrors.TranslateWrite(_path, () =>
        {
            _stream.Position = _end;
            _stream.Write(bytes, 0, bytes.Length);
        });
        ulong previous = _endCheck;
        _end += bytes.Length;
        _endCheck = check;
        _state.Apply(line, offset, previous);
    }

    /// <summary>
    /// Writes down how far the ledger is on the disk. Not flushed itself: a head that a crash takes back promises less than
    /// there is.
    /// </summary>
    private void WriteHead()
    {
        if (_headEnd == _end)
            return;
        string path = Path.Combine(_folder, LedgerHead.FileName);
        byte[] bytes = new LedgerHead { Ledger = _firstCheck, Length = _end, Check = ChecksummedLine.Format(_endCheck) }.ToLine();
        FileErrors.TranslateWrite(path, () =>
        {
            _headStream ??= _files.Open(path, FileMode.OpenOrCreate, FileOpenFlags.OwnerOnly | FileOpenFlags.AllowConcurrentRead);
            _headStream.Position = 0;
            _headStream.Write(bytes, 0, bytes.Length);
        });
        _headEnd = _end;
    }

    private long GetNow() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
