using LinkedInExports.Core.Http.Limits;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>What all lines of a ledger together say. Of each record only where its newest line is, so a million take little.</summary>
internal sealed class LedgerState
{
    /// <summary>A link, an upload, a batch: with fewer left, a day brings no further resume in sync.</summary>
    private const int RequestsPerResume = 3;

    private readonly Dictionary<Fingerprint, (long Offset, LedgerKind Kind)> _records = [];
    private readonly Queue<(long At, int Records)> _recentBatches = new();
    private (long At, int Records)? _open;

    internal string? Api { get; private set; }

    internal RunCounts Run { get; private set; } = new();

    internal long InSync { get; private set; }

    internal long UploadedOnly { get; private set; }

    internal long ChangedAt { get; private set; }

    /// <summary>The newest day with requests.</summary>
    internal LedgerLine? Requests { get; private set; }

    internal int Records => _records.Count;

    /// <summary>All lines so far.</summary>
    internal long Lines { get; private set; }

    /// <summary>Batches of the last minute, and when they were answered; null for those that nobody knows of.</summary>
    internal IEnumerable<(long? AnsweredAt, int Records)> Batches =>
        [.. _recentBatches.Select(batch => ((long?)batch.At, batch.Records)), .. _open is { } open ? [((long?)null, open.Records)] : Array.Empty<(long?, int)>()];

    internal (long Offset, LedgerKind Kind)? Find(Fingerprint key) =>
        _records.TryGetValue(key, out (long, LedgerKind) found) ? found : null;

    internal void Apply(LedgerLine line, long offset)
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
                break;
            case LedgerKind.Uploaded:
                Place(line, offset);
                break;
            case LedgerKind.Synced:
                Place(line, offset);
                Run.Synced++;
                break;
            case LedgerKind.Unchanged:
                Run.Unchanged += line.Count ?? 1;
                break;
            case LedgerKind.Failed:
                Run.Failed++;
                break;
            case LedgerKind.Rejected:
                Run.Rejected++;
                break;
            case LedgerKind.Removed:
                Forget(line);
                break;
            case LedgerKind.Sending:
                _open = (line.At, line.Count ?? 0);
                break;
            case LedgerKind.Answered:
                _open = null;
                _recentBatches.Enqueue((line.At, line.Count ?? 0));
                while (_recentBatches.Count > 0 && line.At - _recentBatches.Peek().At > 60_000)
                    _recentBatches.Dequeue();
                break;
            case LedgerKind.Requests:
                Requests = line;
                break;
        }
    }

    /// <summary>Whether a line is still the newest of its record.</summary>
    internal bool IsNewest(LedgerLine line, long offset) => Find(Fingerprint.Of(line.Key)) is { } found && found.Offset == offset;

    internal CandidateResumeSync ToStatus(string folder, DateTimeOffset now)
    {
        static DateTimeOffset? Time(long milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

        bool isToday = Requests?.Day == now.ToUnixTimeSeconds() / 86_400;
        return new CandidateResumeSync
        {
            LedgerPath = folder,
            Input = Run.Input,
            Synced = Run.Synced,
            Unchanged = Run.Unchanged,
            Failed = Run.Failed,
            Rejected = Run.Rejected,
            Pending = Run.Input - Run.Synced - Run.Unchanged - Run.Failed - Run.Rejected,
            InSync = InSync,
            UploadedOnly = UploadedOnly,
            RequestsToday = isToday ? Requests!.Count ?? 0 : 0,
            RequestsPerDay = Requests?.Limit,
            ContinueAt = isToday && Requests!.Count > Requests.Limit - RequestsPerResume ? ServerClock.StartOf(Requests.Day!.Value + 1) : null,
            StartedAt = Time(Run.StartedAt),
            ChangedAt = Time(ChangedAt),
        };
    }

    private void Place(LedgerLine line, long offset)
    {
        var key = Fingerprint.Of(line.Key);
        if (Find(key) is { } before)
            Count(before.Kind, -1);
        Count(line.Kind, 1);
        _records[key] = (offset, line.Kind);
    }

    private void Forget(LedgerLine line)
    {
        var key = Fingerprint.Of(line.Key);
        if (Find(key) is not { } before)
            return;
        Count(before.Kind, -1);
        _records.Remove(key);
    }

    private void Count(LedgerKind kind, int by)
    {
        if (kind == LedgerKind.Synced)
            InSync += by;
        else
            UploadedOnly += by;
    }
}
