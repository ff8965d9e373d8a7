using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>The state of a ledger. It holds only the offset of the newest entry of each record, to save memory.</summary>
internal sealed partial class LedgerState
{
    private const int MaxDays = 4;

    private static readonly SyncReason RemovalUnknown = new(
        ResumeSyncReason.OutcomeUnknown,
        "Its removal was sent, but whether LinkedIn removed it is unknown."
    );

    private static readonly SyncReason NotLinked = new(
        ResumeSyncReason.NotLinked,
        "Its file is uploaded, but not yet linked to the candidate."
    );

    private readonly RecordTable _records;
    private readonly RecordTable _failures;
    private readonly RecordTable _lastFailures;
    private readonly Queue<SentBatch> _recentBatches;
    private readonly List<LedgerEntry> _days;
    private SentBatch? _open;

    internal string? Api { get; private set; }

    internal RunCounts Run { get; private set; }

    internal long InSync { get; private set; }

    internal long UploadedNotLinked { get; private set; }

    internal long ChangedAt { get; private set; }

    /// <summary>
    /// The offset of the entry that started a resend of all records; or null. Records with earlier entries have
    /// not been resent yet.
    /// </summary>
    internal long? ResendStart { get; private set; }

    /// <summary>The time at which the resend started, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    internal long ResendStartedAt { get; private set; }

    /// <summary>The number of records: those in sync, those with an uploaded file, and those being removed.</summary>
    internal int RecordCount => _records.Count;

    /// <summary>
    /// Days with requests, each with its newest entry, the newest last. There can be several near midnight and after changes of
    /// the clock.
    /// </summary>
    internal IReadOnlyList<LedgerEntry> Days => _days;

    /// <summary>The number of entries that still count: the newest of each record, and the failures of the last run.</summary>
    internal long LiveEntries => _records.Count + _failures.Count;

    /// <summary>The number of entries.</summary>
    internal long EntryCount { get; private set; }

    /// <summary>The batches of the last minute, and the times of their responses; null without a response.</summary>
    internal IEnumerable<(long? AnsweredAt, int Records)> Batches =>
        [
            .. _recentBatches.Select(batch => ((long?)batch.At, batch.Records)),
            .. _open is { } open ? [((long?)null, open.Records)] : Array.Empty<(long?, int)>(),
        ];

    internal RecordEntry? Find(KeyHash key) => _records.Find(key);

    /// <summary>
    /// Gets the offset of the record's most recent failure that has not been followed by a success, or null. Smaller offsets
    /// are older. A compacted ledger has only failures of the last run.
    /// </summary>
    internal long? GetLastFailureOffset(KeyHash key) => _lastFailures.Find(key)?.Offset;

    /// <summary>Applies an entry.</summary>
    /// <param name="line">The entry.</param>
    /// <param name="offset">The offset of the entry.</param>
    /// <param name="previous">The checksum of the previous line.</param>
    internal void Apply(LedgerEntry line, long offset, ulong previous)
    {
        EntryCount++;
        ChangedAt = Math.Max(ChangedAt, line.At);
        switch (line.Type)
        {
            case LedgerEntryType.Ledger:
                Api = line.Api;
                break;
            case LedgerEntryType.Run:
                Run = line.Run ?? new RunCounts();
                _failures.Clear();
                break;
            case LedgerEntryType.Uploaded or LedgerEntryType.Touched:
                SetNewest(line, offset, previous);
                break;
            case LedgerEntryType.Synced:
                _lastFailures.Remove(SetNewest(line, offset, previous));
                Run.Synced++;
                break;
            case LedgerEntryType.Unchanged:
                Run.Unchanged += line.Count ?? 1;
                break;
            case LedgerEntryType.Failed:
                var failed = KeyHash.Compute(line.Key);
                _failures.Set(failed, new RecordEntry(offset, previous, line.Type));
                _lastFailures.Set(failed, new RecordEntry(offset, previous, line.Type));
                Run.Failed++;
                break;
            case LedgerEntryType.Rejected:
                if (line.CandidateId is not null) // A superseded record has no key: it is not the state of a resume.
                    _failures.Set(KeyHash.Compute(line.Key), new RecordEntry(offset, previous, line.Type));
                Run.Rejected++;
                break;
            case LedgerEntryType.Removed:
                Remove(line);
                Run.Removed++;
                break;
            case LedgerEntryType.Removing:
                SetRemoving(line, isRemoving: true);
                break;
            case LedgerEntryType.NotRemoved:
                SetRemoving(line, isRemoving: false);
                break;
            case LedgerEntryType.ResendStarted:
                (ResendStart, ResendStartedAt) = (offset, line.At);
                break;
            case LedgerEntryType.ResendCompleted:
                ResendStart = null;
                break;
            case LedgerEntryType.Sending:
                _open = new SentBatch(line.At, line.Count ?? 0);
                break;
            case LedgerEntryType.Answered:
                _open = null;
                _recentBatches.Enqueue(new SentBatch(line.At, line.Count ?? 0));
                while (_recentBatches.Count > 0 && line.At - _recentBatches.Peek().At > RecordRateLimiter.WindowMilliseconds)
                    _recentBatches.Dequeue();
                break;
            case LedgerEntryType.Requests:
                _days.RemoveAll(known => known.Day == line.Day);
                _days.Add(line);
                if (_days.Count > MaxDays)
                    _days.RemoveAt(0);
                break;
        }
    }

    /// <summary>Whether an entry is still the newest one of its record.</summary>
    internal bool IsNewest(LedgerEntry line, long offset) =>
        (line.IsInSync || line.Type == LedgerEntryType.Uploaded)
        && Find(KeyHash.Compute(line.Key)) is { } found
        && found.Offset == offset;

    /// <summary>Whether a resend of all records is in progress, and a record was not sent since it started.</summary>
    internal bool ShouldResend(ResumeKey key) =>
        ResendStart is { } start && Find(KeyHash.Compute(key)) is { } found && found.Offset < start;

    /// <summary>Whether a record was synced with this content.</summary>
    internal bool IsInSync(ResumeKey key, ContentHash content) =>
        content.IsKnown && Find(KeyHash.Compute(key)) is { IsRemoving: false } found && found.Content == content;

    /// <summary>Whether an entry is the failure of its record in the last run.</summary>
    internal bool IsFailure(LedgerEntry line, long offset) =>
        _failures.Find(KeyHash.Compute(line.Key)) is { } found && found.Offset == offset;

    /// <summary>
    /// Gets the result of an entry, or null if another entry has the result of the record: the failure in the last run, or else
    /// the newest entry. The reason is null unless it differs from that of the
    /// entry.
    /// </summary>
    internal (ResumeSyncOutcome Outcome, SyncReason? Reason)? GetResult(LedgerEntry line, long offset)
    {
        switch (line.Type)
        {
            case LedgerEntryType.Failed or LedgerEntryType.Rejected:
                return IsFailure(line, offset)
                    ? (line.Type == LedgerEntryType.Failed ? ResumeSyncOutcome.Failed : ResumeSyncOutcome.Rejected, null)
                    : null;
            case LedgerEntryType.Uploaded or LedgerEntryType.Synced or LedgerEntryType.Touched:
                var key = KeyHash.Compute(line.Key);
                return Find(key) is not { } found || found.Offset != offset || _failures.Find(key) is not null ? null
                    : found.IsRemoving ? (ResumeSyncOutcome.Pending, RemovalUnknown)
                    : line.IsInSync ? (ResumeSyncOutcome.Synced, null)
                    : (ResumeSyncOutcome.Pending, NotLinked);
            default:
                return null;
        }
    }

    /// <summary>Gets the number of entries of a type for which <see cref="IsFailure"/> is true.</summary>
    internal int CountFailures(LedgerEntryType type) => _failures.CountOf(type);

    internal CandidateResumeSync ToSync(string folder, DateTimeOffset now)
    {
        static DateTimeOffset? Time(long milliseconds) =>
            milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

        LedgerEntry? today = _days.Find(line => line.Day == ServerClock.GetDay(now));
        return new CandidateResumeSync
        {
            LedgerPath = folder,
            InputCount = Run.Input,
            Synced = Run.Synced,
            Unchanged = Run.Unchanged,
            Failed = Run.Failed,
            Rejected = Run.Rejected,
            Removed = Run.Removed,
            Pending = Run.Input - Run.Synced - Run.Unchanged - Run.Failed - Run.Rejected,
            InSync = InSync,
            UploadedNotLinked = UploadedNotLinked,
            RequestsToday = today?.Count ?? 0,
            RequestsPerDay = _days.LastOrDefault()?.Limit,
            NextRunAt =
                today?.Count > today?.Limit - QuotaCost.RequestsPerResume
                    ? ServerClock.GetStartOfDay(today!.Day!.Value + 1)
                    : null,
            StartedAt = Time(Run.StartedAt),
            ChangedAt = Time(ChangedAt),
        };
    }

    private KeyHash SetNewest(LedgerEntry line, long offset, ulong previous)
    {
        var key = KeyHash.Compute(line.Key);
        RemoveFromCounts(key);
        UpdateCounts(line.Type, 1);
        _records.Set(key, new RecordEntry(offset, previous, line.Type, ContentHash.Get(line)));
        _failures.Remove(key);
        return key;
    }

    private void Remove(LedgerEntry line)
    {
        var key = KeyHash.Compute(line.Key);
        _failures.Remove(key);
        _lastFailures.Remove(key);
        RemoveFromCounts(key);
        _records.Remove(key);
    }

    /// <summary>A record is not counted while its removal is in progress.</summary>
    private void SetRemoving(LedgerEntry line, bool isRemoving)
    {
        var key = KeyHash.Compute(line.Key);
        if (Find(key) is not { } found || found.IsRemoving == isRemoving)
            return;
        UpdateCounts(found.Type, isRemoving ? -1 : 1);
        _records.Set(key, found with { IsRemoving = isRemoving });
    }

    private void RemoveFromCounts(KeyHash key)
    {
        if (Find(key) is { IsRemoving: false } previous)
            UpdateCounts(previous.Type, -1);
    }

    private void UpdateCounts(LedgerEntryType type, int change)
    {
        if (type is LedgerEntryType.Synced or LedgerEntryType.Touched)
            InSync += change;
        else
            UploadedNotLinked += change;
    }
}
