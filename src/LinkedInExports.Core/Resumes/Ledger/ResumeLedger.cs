using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Http.Limits;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// What has become of each resume, in a file that only grows: a line for each step, written right after it, so that a run
/// that dies at any moment leaves everything known but the step it was in, and repeating that step does no harm. One
/// process at a time writes.
/// </summary>
/// <remarks>A log-structured store: the lines are the truth, memory holds where the newest of each record is.</remarks>
internal sealed class ResumeLedger : ILedgerLookup, IDisposable
{
    internal const string FileName = "resume-sync.ledger";
    private const string LockName = "resume-sync.lock";

    /// <summary>With fewer lines than this a ledger is never too large.</summary>
    private const int SmallEnough = 2000;

    private readonly object _gate = new();
    private readonly FileSystem _files;
    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly string _api;
    private readonly Stream _lock;
    private LedgerState _state = new();
    private Stream _stream = Stream.Null;
    private long _end;
    private int _unwrittenUnchanged;

    private ResumeLedger(FileSystem files, string folder, string api, TimeProvider time, Stream lockFile)
    {
        _files = files;
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
            FileFailure.WhenWriting(folder, () => files.CreatePrivateFolder(folder));
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

    internal LedgerState State => _state;

    public LedgerLine? Find(ResumeKey key)
    {
        lock (_gate)
        {
            return _state.Find(Fingerprint.Of(key)) is { } found
                ? FileFailure.WhenReading(_path, () => LedgerReader.At(_stream, found.Offset, key, _path))
                : null;
        }
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

    /// <summary>Makes sure that everything written so far survives a power cut.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            WriteUnchanged();
            FileFailure.WhenWriting(_path, () => _files.FlushToDisk(_stream));
        }
    }

    /// <summary>The budget of the day that this ledger keeps the count of.</summary>
    internal DailyBudget CreateBudget(DailyBudget whole, ServerClock clock, bool waits)
    {
        var budget = new DailyBudget(whole.RequestsPerDay, clock, _time, whole) { Waits = waits };
        foreach (LedgerLine known in _state.Days)
            budget.Recall(known.Day ?? 0, known.Count ?? 0);
        budget.Reserve = (reservedDay, reserved) =>
        {
            Append(new LedgerLine { Kind = LedgerKind.Requests, Day = reservedDay, Count = reserved, Limit = whole.RequestsPerDay });
            Flush();
        };
        return budget;
    }

    /// <summary>What this ledger's last batches still take from the minute.</summary>
    internal void Remind(RecordPacer pacer)
    {
        DateTimeOffset now = _time.GetUtcNow();
        foreach ((long? answeredAt, int records) in _state.Batches)
        {
            // A clock that was set back would make it look like a batch of the future.
            TimeSpan ago = answeredAt is { } at ? now - DateTimeOffset.FromUnixTimeMilliseconds(at) : TimeSpan.Zero;
            pacer.Recall(records, ago > TimeSpan.Zero ? ago : TimeSpan.Zero);
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
            _stream.Dispose();
            _lock.Dispose();
        }
    }

    private static Stream Lock(FileSystem files, string folder)
    {
        string path = Path.Combine(folder, LockName);
        try
        {
            return files.Open(path, FileMode.OpenOrCreate, FileUse.Private);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw FileFailure.Writing(path, denied);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new LinkedInException(
                LinkedInErrorId.LedgerInUse, $"The ledger in {folder} is in use by another process, or cannot be opened: {exception.Message}", exception)
            { Target = folder };
        }
        catch (IOException exception)
        {
            throw FileFailure.Writing(path, exception);
        }
    }

    private void Load(bool mayCompact)
    {
        _stream = FileFailure.WhenWriting(_path, () => _files.Open(_path, FileMode.OpenOrCreate, FileUse.Private | FileUse.Reads | FileUse.Shared));
        var reader = new LedgerReader(_stream, _path);
        FileFailure.WhenReading(_path, () => reader.ReadInto(_state));
        _end = reader.End;

        if (_end == 0)
        {
            if (reader.HasWholeLine)
                throw LedgerReader.Damaged(_path, "it has no line of a ledger");

            // New, or a crash cut its very first line.
            FileFailure.WhenWriting(_path, () => _stream.SetLength(0));
            Write(new LedgerLine { Kind = LedgerKind.Ledger, Version = LedgerLine.CurrentVersion, Api = _api });
            Flush();
            FileFailure.WhenWriting(_path, () => _files.FlushFolder(Path.GetDirectoryName(_path)!));
        }
        else if (reader.HasTornTail)
        {
            FileFailure.WhenWriting(_path, () => _stream.SetLength(_end));
        }

        if (_state.Api != _api)
            throw LedgerReader.Foreign(_path, _state.Api, _api);

        if (mayCompact && _state.Lines > SmallEnough && _state.LinesOfUse < _state.Lines / 2)
            Compact();
    }

    /// <summary>Writes what still counts into a new file and puts it in the place of the old one.</summary>
    private void Compact()
    {
        using (var partial = PartialFile.Open(_files, _path, FileUse.Private))
        {
            partial.StartOver();
            FileFailure.WhenWriting(_path, () => CopyNewest(partial.Stream));
            partial.Flush();

            // Windows moves nothing over a file that is open. The lock keeps others away meanwhile.
            _stream.Dispose();
            _stream = Stream.Null;
            partial.Commit();
        }

        _state = new LedgerState();
        Load(mayCompact: false);
    }

    private void CopyNewest(Stream target)
    {
        // Not closed: it is the partial file that closes the stream.
        var buffered = new BufferedStream(target, 256 * 1024);
        void Copy(LedgerLine line)
        {
            byte[] bytes = LineCheck.Seal(line.ToJson());
            buffered.Write(bytes, 0, bytes.Length);
        }

        Copy(new LedgerLine { Kind = LedgerKind.Ledger, Version = LedgerLine.CurrentVersion, Api = _api, At = Now() });
        _stream.Position = 0;
        foreach ((long offset, LedgerLine line) in new LedgerReader(_stream, _path).Lines())
        {
            if (line.Kind is LedgerKind.Uploaded or LedgerKind.Synced && _state.IsNewest(line, offset))
                Copy(line);
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
            },
            At = _state.ChangedAt,
        });
        _stream.Position = 0;
        foreach ((long offset, LedgerLine line) in new LedgerReader(_stream, _path).Lines())
        {
            if (line.Kind is LedgerKind.Failed or LedgerKind.Rejected && _state.IsFailure(line, offset))
                Copy(line);
        }

        foreach ((long? answeredAt, int records) in _state.Batches.Where(batch => !(Now() - batch.AnsweredAt > RecordPacer.WindowMilliseconds)))
            Copy(new LedgerLine { Kind = answeredAt is null ? LedgerKind.Sending : LedgerKind.Answered, Count = records, At = answeredAt ?? Now() });
        foreach (LedgerLine day in _state.Days)
            Copy(day);
        buffered.Flush();
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
        line.At = Now();
        byte[] bytes = LineCheck.Seal(line.ToJson());
        long offset = _end;
        FileFailure.WhenWriting(_path, () =>
        {
            _stream.Position = _end;
            _stream.Write(bytes, 0, bytes.Length);
        });
        _end += bytes.Length;
        _state.Apply(line, offset);
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
