using LinkedInExports.Core.Durability;
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
    private const int SmallEnough = 2000;

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
    private int _unwrittenUnchanged;

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
    /// <see cref="LinkedInErrorId.LedgerInUse"/>, <see cref="LinkedInErrorId.LedgerDamaged"/>,
    /// <see cref="LinkedInErrorId.LedgerMismatch"/> or <see cref="LinkedInErrorId.FileWriteFailed"/>.
    /// </exception>
    internal static ResumeLedger Open(FileSystem files, string folder, string api, TimeProvider time)
    {
        if (!Directory.Exists(folder))
            FileErrors.TranslateWrite(folder, () => files.CreatePrivateDirectory(folder));
        var ledger = new ResumeLedger(files, folder, api, time, Lock(files, folder));
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

    public LedgerLine? Find(ResumeKey key)
    {
        lock (_gate)
        {
            if (_state.Find(Fingerprint.Of(key)) is not { } found)
                return null;
            LedgerLine line = FileErrors.TranslateRead(_path, () => LedgerReader.At(_stream, found, _version, key, _path));
            return found.IsRemoving ? line with { Kind = LedgerKind.Uploaded } : line;
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
                foreach ((long offset, _, LedgerLine line) in new LedgerReader(_stream, _path).Lines())
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
    internal bool IsToBeResent(ResumeKey key)
    {
        lock (_gate)
            return _state.IsToBeResent(key);
    }

    /// <inheritdoc cref="LedgerState.FailedAt"/>
    internal long? FailedAt(ResumeKey key)
    {
        lock (_gate)
        {
            return _state.FailedAt(Fingerprint.Of(key));
        }
    }

    /// <summary>Begins a run with that many records.</summary>
    internal void BeginRun(long input)
    {
        long now = Now();
        Append(new LedgerLine { Kind = LedgerKind.Run, Run = new RunCounts { StartedAt = now, Input = input } });
        Flush();
    }

    /// <summary>Counts a record that needs nothing. Written down with the next line, a thousand, or the end.</summary>
    internal void Unchanged()
    {
        lock (_gate)
        {
            if (++_unwrittenUnchanged >= 1000)
                WriteUnchanged();
        }
    }

    /// <summary>Writes a line.</summary>
    internal void Append(LedgerLine line)
    {
        lock (_gate)
        {
            WriteUnchanged();
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
                if (_state.Find(Fingerprint.Of(key)) is { IsRemoving: false })
                    Append(LedgerLine.OfRecord(LedgerKind.Removing, key));
            }

            Flush();
        }
    }

    /// <summary>Makes sure that everything written so far survives a power cut.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            WriteUnchanged();
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
        Append(new LedgerLine { Kind = LedgerKind.Requests, Day = day, Count = requests, Limit = limit });
        Flush();
    }

    void IQuotaStore.BeginBatch(int records)
    {
        Append(LedgerLine.OfBatch(isAnswered: false, records));
        Flush();
    }

    void IQuotaStore.EndBatch(int records) => Append(LedgerLine.OfBatch(isAnswered: true, records));

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

    private static Stream Lock(FileSystem files, string folder)
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
            throw LedgerReader.Foreign(_path, _state.Api, _api);
        if (reader.HasTornTail)
            FileErrors.TranslateWrite(_path, () => _stream.SetLength(_end));

        bool isOld = _version != LedgerLine.CurrentVersion;
        if (mayCompact && (isOld || (_state.Lines > SmallEnough && _state.LinesOfUse < _state.Lines / 2)))
            Compact();
    }

    /// <summary>Begins a ledger. It gets its name with its first line in it: a ledger without one has lost it.</summary>
    private void Create()
    {
        // That of a ledger which was deleted, or moved away to begin again.
        FileErrors.TranslateWrite(_path, () => _files.Delete(Path.Combine(_folder, LedgerHead.FileName)));
        Replace(target => WriteLine(target, new LedgerLine { Kind = LedgerKind.Ledger, Version = LedgerLine.CurrentVersion, Api = _api, At = Now() }, null));
    }

    /// <summary>Writes what still counts into a new file and puts it in the place of the old one.</summary>
    private void Compact()
    {
        Replace(CopyNewest);
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

    private static ulong WriteLine(Stream target, LedgerLine line, ulong? previous)
    {
        byte[] bytes = LineCheck.Seal(line.ToJson(), previous, out ulong check);
        target.Write(bytes, 0, bytes.Length);
        return check;
    }

    private void CopyNewest(Stream target)
    {
        ulong? check = null;
        void Copy(LedgerLine line) => check = WriteLine(target, line.Bounded(), check);

        Copy(new LedgerLine
        {
            Kind = LedgerKind.Ledger,
            Version = LedgerLine.CurrentVersion,
            Api = _api,
            Replaces = LineCheck.Format(_endCheck),
            At = Now(),
        });
        _stream.Position = 0;
        foreach ((long offset, _, LedgerLine line) in new LedgerReader(_stream, _path).Lines())
        {
            if (_state.IsNewest(line, offset))
            {
                Copy(line);
                if (_state.Find(Fingerprint.Of(line.Key)) is { IsRemoving: true })
                    Copy(LedgerLine.OfRecord(LedgerKind.Removing, line.Key) with { At = line.At });
            }
            else if (line.Kind == LedgerKind.ResendStarted && offset == _state.ResendStart)
            {
                Copy(line);
            }
        }

        // After the records, which would count again, and before the failures, which are to.
        RunCounts run = _state.Run;
        Copy(new LedgerLine
        {
            Kind = LedgerKind.Run,
            Run = new RunCounts
            {
                StartedAt = run.StartedAt,
                Input = run.Input,
                Synced = run.Synced,
                Unchanged = run.Unchanged,
                Failed = run.Failed - _state.CountFailures(LedgerKind.Failed),
                Rejected = run.Rejected - _state.CountFailures(LedgerKind.Rejected),
                Removed = run.Removed,
            },
            At = _state.ChangedAt,
        });
        _stream.Position = 0;
        foreach ((long offset, _, LedgerLine line) in new LedgerReader(_stream, _path).Lines())
        {
            if (line.Kind is LedgerKind.Failed or LedgerKind.Rejected && _state.IsFailure(line, offset))
                Copy(line);
        }

        foreach ((long? answeredAt, int records) in _state.Batches.Where(batch => !(Now() - batch.AnsweredAt > RecordRateLimiter.WindowMilliseconds)))
            Copy(new LedgerLine { Kind = answeredAt is null ? LedgerKind.Sending : LedgerKind.Answered, Count = records, At = answeredAt ?? Now() });
        foreach (LedgerLine day in _state.Days)
            Copy(day);
    }

    private void WriteUnchanged()
    {
        if (_unwrittenUnchanged == 0)
            return;
        int count = _unwrittenUnchanged;
        _unwrittenUnchanged = 0;
        Write(new LedgerLine { Kind = LedgerKind.Unchanged, Count = count });
    }

    private void Write(LedgerLine line)
    {
        line = line.Bounded();
        line.At = Now();
        byte[] bytes = LineCheck.Seal(line.ToJson(), _endCheck, out ulong check);
        if (bytes.Length > LedgerReader.LongestLine)
        {
            throw new LinkedInException(
                LinkedInErrorId.FileWriteFailed,
                $"{_path} cannot be written: a line of {bytes.Length} bytes is longer than the {LedgerReader.LongestLine} that are read back.")
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
        byte[] bytes = new LedgerHead { Ledger = _firstCheck, Length = _end, Check = LineCheck.Format(_endCheck) }.ToLine();
        FileErrors.TranslateWrite(path, () =>
        {
            _headStream ??= _files.Open(path, FileMode.OpenOrCreate, FileOpenFlags.OwnerOnly | FileOpenFlags.AllowConcurrentRead);
            _headStream.Position = 0;
            _headStream.Write(bytes, 0, bytes.Length);
        });
        _headEnd = _end;
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
