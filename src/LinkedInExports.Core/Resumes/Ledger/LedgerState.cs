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
        "Its file is uploaded, and LinkedIn has not confirmed the record. The next run sends it."
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
    /// <param name="entry">The entry.</param>
    /// <param name="offset">The offset of the entry.</param>
    /// <param name="previous">The checksum of the previous line.</param>
    internal void Apply(LedgerEntry entry, long offset, ulong previous)
    {
        EntryCount++;
        ChangedAt = Math.Max(ChangedAt, entry.At);
        switch (entry.Type)
        {
            case LedgerEntryType.Ledger:
                Api = entry.Api;
                break;
            case LedgerEntryType.Run:
                Run = entry.Run ?? new RunCounts();
                _failures.Clear();
                break;
            case LedgerEntryType.Uploaded or LedgerEntryType.Touched:
                SetNewest(entry, offset, previous);
                break;
            case LedgerEntryType.Synced:
                _lastFailures.Remove(SetNewest(entry, offset, previous));
                Run.Synced++;
                break;
            case LedgerEntryType.Unchanged:
                Run.Unchanged += entry.Count ?? 1;
                break;
            case LedgerEntryType.Failed:
                var failed = KeyHash.Compute(entry.Key);
                _failures.Set(failed, new RecordEntry(offset, previous, entry.Type));
                _lastFailures.Set(failed, new RecordEntry(offset, previous, entry.Type));
                RequireResend(failed);
                Run.Failed++;
                break;
            case LedgerEntryType.Rejected:
                if (entry.CandidateId is not null) // A superseded record has no key: it is not the state of a resume.
                {
                    var rejected = KeyHash.Compute(entry.Key);
                    _failures.Set(rejected, new RecordEntry(offset, previous, entry.Type));
                    RequireResend(rejected);
                }

                Run.Rejected++;
                break;
            case LedgerEntryType.Removed:
                Remove(entry);
                Run.Removed++;
                break;
            case LedgerEntryType.Removing:
                SetRemoving(entry, isRemoving: true);
                break;
            case LedgerEntryType.NotRemoved:
                SetRemoving(entry, isRemoving: false);
                break;
            case LedgerEntryType.ResendStarted:
                (ResendStart, ResendStartedAt) = (offset, entry.At);
                break;
            case LedgerEntryType.ResendCompleted:
                ResendStart = null;
                break;
            case LedgerEntryType.Sending:
                _open = new SentBatch(entry.At, entry.Count ?? 0);
                break;
            case LedgerEntryType.Answered:
                _open = null;
                _recentBatches.Enqueue(new SentBatch(entry.At, entry.Count ?? 0));
                while (_recentBatches.Count > 0 && entry.At - _recentBatches.Peek().At > RecordRateLimiter.WindowMilliseconds)
                    _recentBatches.Dequeue();
                break;
            case LedgerEntryType.Requests:
                _days.RemoveAll(known => known.Day == entry.Day);
                _days.Add(entry);
                if (_days.Count > MaxDays)
                    _days.RemoveAt(0);
                break;
        }
    }

    /// <summary>Gets the record of an entry if the entry is still its newest one, or null.</summary>
    internal RecordEntry? FindNewest(LedgerEntry entry, long offset) =>
        (entry.IsInSync || entry.Type == LedgerEntryType.Uploaded)
        && Find(KeyHash.Compute(entry.Key)) is { } found
        && found.Offset == offset
            ? found
            : null;

    /// <summary>Whether a resend of all records is in progress, and a record was not sent since it started.</summary>
    internal bool ShouldResend(KeyHash key) => ShouldResend(Find(key));

    /// <summary>Counts the records in sync that were not sent since a resend of all records started.</summary>
    internal int CountNotResent() => _records.CountWhere(entry => entry.IsInSync && ShouldResend(entry));

    /// <summary>Whether a record was synced with this content.</summary>
    internal bool IsInSync(KeyHash key, ContentHash content) =>
        content.IsKnown && Find(key) is { IsRemoving: false } found && found.Content == content;

    /// <summary>Whether an entry is the failure of its record in the last run.</summary>
    internal bool IsFailure(LedgerEntry entry, long offset) =>
        _failures.Find(KeyHash.Compute(entry.Key)) is { } found && found.Offset == offset;

    /// <summary>
    /// Gets the result of an entry, or null if another entry has the result of the record: the failure in the last run, or else
    /// the newest entry. The reason is null unless it differs from that of the
    /// entry.
    /// </summary>
    internal (ResumeSyncOutcome Outcome, SyncReason? Reason)? GetResult(LedgerEntry entry, long offset)
    {
        switch (entry.Type)
        {
            case LedgerEntryType.Failed or LedgerEntryType.Rejected:
                return IsFailure(entry, offset)
                    ? (entry.Type == LedgerEntryType.Failed ? ResumeSyncOutcome.Failed : ResumeSyncOutcome.Rejected, null)
                    : null;
            case LedgerEntryType.Uploaded or LedgerEntryType.Synced or LedgerEntryType.Touched:
                var key = KeyHash.Compute(entry.Key);
                return Find(key) is not { } found || found.Offset != offset || _failures.Find(key) is not null ? null
                    : found.IsRemoving ? (ResumeSyncOutcome.Pending, RemovalUnknown)
                    : found.IsInSync ? (ResumeSyncOutcome.Synced, null)
                    : (ResumeSyncOutcome.Pending, NotLinked);
            default:
                return null;
        }
    }

    /// <summary>Gets the number of entries of a type for which <see cref="IsFailure"/> is true.</summary>
    internal int CountFailures(LedgerEntryType type) => _failures.CountWhere(entry => entry.Type == type);

    internal CandidateResumeSync ToSync(string folder, DateTimeOffset now)
    {
        static DateTimeOffset? Time(long milliseconds) =>
            milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

        LedgerEntry? today = _days.Find(entry => entry.Day == ServerClock.GetDay(now));
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

    private KeyHash SetNewest(LedgerEntry entry, long offset, ulong previous)
    {
        var key = KeyHash.Compute(entry.Key);
        RemoveFromCounts(key);
        UpdateCounts(entry.Type, 1);
        _records.Set(key, new RecordEntry(offset, previous, entry.Type, ContentHash.Get(entry)));
        _failures.Remove(key);
        return key;
    }

    private bool ShouldResend(RecordEntry? found) => found?.Offset < ResendStart;

    /// <summary>
    /// A record that could not be sent again is not in sync anymore, so that every following run sends it, also after the resend.
    /// </summary>
    private void RequireResend(KeyHash key)
    {
        if (Find(key) is not { Type: LedgerEntryType.Synced or LedgerEntryType.Touched } found || !ShouldResend(found))
        {
            return;
        }

        RemoveFromCounts(key);
        if (!found.IsRemoving)
            UpdateCounts(LedgerEntryType.Uploaded, 1);
        _records.Set(key, found with { Type = LedgerEntryType.Uploaded, Content = default });
    }

    private void Remove(LedgerEntry entry)
    {
        var key = KeyHash.Compute(entry.Key);
        _failures.Remove(key);
        _lastFailures.Remove(key);
        RemoveFromCounts(key);
        _records.Remove(key);
    }

    /// <summary>A record is not counted while its removal is in progress.</summary>
    private void SetRemoving(LedgerEntry entry, bool isRemoving)
    {
        var key = KeyHash.Compute(entry.Key);
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
