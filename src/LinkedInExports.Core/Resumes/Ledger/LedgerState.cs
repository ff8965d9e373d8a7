using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>What all lines of a ledger together say. Of each record only where its newest line is, so a million take little.</summary>
internal sealed class LedgerState
{
    private const int MaxDays = 4;

    private readonly Dictionary<Fingerprint, RecordEntry> _records = [];
    private readonly Dictionary<Fingerprint, (long Offset, LedgerKind Kind)> _failures = [];
    private readonly Dictionary<Fingerprint, long> _troubles = [];
    private readonly Queue<(long At, int Records)> _recentBatches = new();
    private readonly List<LedgerLine> _days = [];
    private (long At, int Records)? _open;

    internal string? Api { get; private set; }

    internal RunCounts Run { get; private set; } = new();

    internal long InSync { get; private set; }

    internal long UploadedOnly { get; private set; }

    internal long ChangedAt { get; private set; }

    /// <summary>
    /// Where the line is that began a resend of all records; null when none is under way. What stands before it was not sent
    /// again yet.
    /// </summary>
    internal long? ResendStart { get; private set; }

    /// <summary>When that resend began, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    internal long ResendStartedAt { get; private set; }

    /// <summary>How many records the ledger has: those in sync, those with an uploaded file, and those being removed.</summary>
    internal int Records => _records.Count;

    /// <summary>
    /// Days with requests, each with its newest line, the newest last. Several: near midnight they take turns, and a clock
    /// that is put right goes back.
    /// </summary>
    internal IReadOnlyList<LedgerLine> Days => _days;

    /// <summary>The lines that still tell something: the newest of each record, and the failures of the last run.</summary>
    internal long LinesOfUse => _records.Count + _failures.Count;

    /// <summary>All lines so far.</summary>
    internal long Lines { get; private set; }

    /// <summary>Batches of the last minute, and when they were answered; null for those that nobody knows of.</summary>
    internal IEnumerable<(long? AnsweredAt, int Records)> Batches =>
        [.. _recentBatches.Select(batch => ((long?)batch.At, batch.Records)), .. _open is { } open ? [((long?)null, open.Records)] : Array.Empty<(long?, int)>()];

    internal RecordEntry? Find(Fingerprint key) => _records.TryGetValue(key, out RecordEntry found) ? found : null;

    /// <summary>
    /// How long ago LinkedIn refused a record that is not in sync since, in whichever run: the smaller, the longer; null when
    /// it did not. A ledger that was made smaller knows only of the last run's.
    /// </summary>
    internal long? FailedAt(Fingerprint key) => _troubles.TryGetValue(key, out long offset) ? offset : null;

    /// <summary>Takes a line into account.</summary>
    /// <param name="line">The line.</param>
    /// <param name="offset">Where it is.</param>
    /// <param name="previous">The check of the line before.</param>
    internal void Apply(LedgerLine line, long offset, ulong previous)
    {
        Lines++;
        ChangedAt = Math.Max(ChangedAt, line.At);
        switch (line.Kind)
        {
            case LedgerKind.Ledger:
                Api = line.Api;
                break;
            case LedgerKind.Run:
                Run = line.Run ?? new RunCounts();
                _failures.Clear();
                break;
            case LedgerKind.Uploaded:
                Place(line, offset, previous);
                break;
            case LedgerKind.Synced:
                Place(line, offset, previous);
                _troubles.Remove(Fingerprint.Of(line.Key));
                Run.Synced++;
                break;
            case LedgerKind.Unchanged:
                Run.Unchanged += line.Count ?? 1;
                break;
            case LedgerKind.Failed:
                _failures[Fingerprint.Of(line.Key)] = (offset, line.Kind);
                _troubles[Fingerprint.Of(line.Key)] = offset;
                Run.Failed++;
                break;
            case LedgerKind.Rejected:
                _failures[Fingerprint.Of(line.Key)] = (offset, line.Kind);
                Run.Rejected++;
                break;
            case LedgerKind.Removed:
                Forget(line);
                Run.Removed++;
                break;
            case LedgerKind.Removing:
                SetRemoving(line, isRemoving: true);
                break;
            case LedgerKind.NotRemoved:
                SetRemoving(line, isRemoving: false);
                break;
            case LedgerKind.ResendStarted:
                (ResendStart, ResendStartedAt) = (offset, line.At);
                break;
            case LedgerKind.ResendCompleted:
                ResendStart = null;
                break;
            case LedgerKind.Sending:
                _open = (line.At, line.Count ?? 0);
                break;
            case LedgerKind.Answered:
                _open = null;
                _recentBatches.Enqueue((line.At, line.Count ?? 0));
                while (_recentBatches.Count > 0 && line.At - _recentBatches.Peek().At > RecordRateLimiter.WindowMilliseconds)
                    _recentBatches.Dequeue();
                break;
            case LedgerKind.Requests:
                _days.RemoveAll(known => known.Day == line.Day);
                _days.Add(line);
                if (_days.Count > MaxDays)
                    _days.RemoveAt(0);
                break;
        }
    }

    /// <summary>Whether a line is still the newest of its record.</summary>
    internal bool IsNewest(LedgerLine line, long offset) =>
        line.Kind is LedgerKind.Uploaded or LedgerKind.Synced && Find(Fingerprint.Of(line.Key)) is { } found && found.Offset == offset;

    /// <summary>Whether a resend of all records is under way, and this one was not sent since it began.</summary>
    internal bool IsToBeResent(ResumeKey key) =>
        ResendStart is { } start && Find(Fingerprint.Of(key)) is { } found && found.Offset < start;

    /// <summary>Whether a line is what became of its record in the last run.</summary>
    internal bool IsFailure(LedgerLine line, long offset) =>
        _failures.TryGetValue(Fingerprint.Of(line.Key), out (long Offset, LedgerKind Kind) found) && found.Offset == offset;

    /// <summary>
    /// The result that a line tells, if it is the one that counts for its record: that the last run failed with it, else the
    /// newest of it. Where the line itself does not say why, the reason is here.
    /// </summary>
    internal (ResumeSyncOutcome Outcome, string? Why)? ResultAt(LedgerLine line, long offset)
    {
        switch (line.Kind)
        {
            case LedgerKind.Failed or LedgerKind.Rejected:
                return IsFailure(line, offset)
                    ? (line.Kind == LedgerKind.Failed ? ResumeSyncOutcome.Failed : ResumeSyncOutcome.Rejected, null)
                    : null;
            case LedgerKind.Uploaded or LedgerKind.Synced:
                var key = Fingerprint.Of(line.Key);
                return Find(key) is not { } found || found.Offset != offset || _failures.ContainsKey(key) ? null
                    : found.IsRemoving ? (ResumeSyncOutcome.Pending, "Its removal was sent, and whether LinkedIn removed it is not known.")
                    : line.Kind == LedgerKind.Synced ? (ResumeSyncOutcome.Synced, null)
                    : (ResumeSyncOutcome.Pending, "Its file is uploaded, and not yet tied to the candidate.");
            default:
                return null;
        }
    }

    /// <summary>How many lines of a kind there are for which <see cref="IsFailure"/> holds.</summary>
    internal int CountFailures(LedgerKind kind) => _failures.Values.Count(failure => failure.Kind == kind);

    internal CandidateResumeSync ToStatus(string folder, DateTimeOffset now)
    {
        static DateTimeOffset? Time(long milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

        LedgerLine? today = _days.Find(line => line.Day == ServerClock.GetDay(now));
        return new CandidateResumeSync
        {
            LedgerPath = folder,
            Input = Run.Input,
            Synced = Run.Synced,
            Unchanged = Run.Unchanged,
            Failed = Run.Failed,
            Rejected = Run.Rejected,
            Removed = Run.Removed,
            Pending = Run.Input - Run.Synced - Run.Unchanged - Run.Failed - Run.Rejected,
            InSync = InSync,
            UploadedOnly = UploadedOnly,
            RequestsToday = today?.Count ?? 0,
            RequestsPerDay = _days.LastOrDefault()?.Limit,
            ContinueAt = today?.Count > today?.Limit - QuotaCost.RequestsPerResume ? ServerClock.GetStartOfDay(today!.Day!.Value + 1) : null,
            StartedAt = Time(Run.StartedAt),
            ChangedAt = Time(ChangedAt),
        };
    }

    private void Place(LedgerLine line, long offset, ulong previous)
    {
        var key = Fingerprint.Of(line.Key);
        CountOut(key);
        Count(line.Kind, 1);
        _records[key] = new RecordEntry(offset, previous, line.Kind);
        _failures.Remove(key);
    }

    private void Forget(LedgerLine line)
    {
        var key = Fingerprint.Of(line.Key);
        _failures.Remove(key);
        _troubles.Remove(key);
        CountOut(key);
        _records.Remove(key);
    }

    /// <summary>While nobody knows whether a record is at LinkedIn, it counts as nothing.</summary>
    private void SetRemoving(LedgerLine line, bool isRemoving)
    {
        var key = Fingerprint.Of(line.Key);
        if (Find(key) is not { } found || found.IsRemoving == isRemoving)
            return;
        Count(found.Kind, isRemoving ? -1 : 1);
        _records[key] = found with { IsRemoving = isRemoving };
    }

    private void CountOut(Fingerprint key)
    {
        if (Find(key) is { IsRemoving: false } before)
            Count(before.Kind, -1);
    }

    private void Count(LedgerKind kind, int by)
    {
        if (kind == LedgerKind.Synced)
            InSync += by;
        else
            UploadedOnly += by;
    }
}
