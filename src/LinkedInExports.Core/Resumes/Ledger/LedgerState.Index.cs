namespace LinkedInExports.Core.Resumes.Ledger;

/// <content>Saves and restores the state.</content>
internal sealed partial class LedgerState
{
    internal LedgerState()
        : this(new LedgerTotals(), [new RecordTable(), new RecordTable(), new RecordTable()]) { }

    /// <summary>Restores a state.</summary>
    /// <param name="totals">The <see cref="GetTotals"/> of the state.</param>
    /// <param name="tables">The <see cref="Tables"/> of the state.</param>
    internal LedgerState(LedgerTotals totals, IReadOnlyList<RecordTable> tables)
    {
        (_records, _failures, _lastFailures) = (tables[0], tables[1], tables[2]);
        _recentBatches = new Queue<SentBatch>(totals.RecentBatches);
        _days = [.. totals.Days];
        _open = totals.OpenBatch;
        Api = totals.Api;
        Run = totals.Run;
        InSync = totals.InSync;
        UploadedNotLinked = totals.UploadedNotLinked;
        ChangedAt = totals.ChangedAt;
        ResendStart = totals.ResendStart;
        ResendStartedAt = totals.ResendStartedAt;
        EntryCount = totals.EntryCount;
    }

    /// <summary>The newest entries of records, the failures of the last run, and the most recent failures.</summary>
    internal IReadOnlyList<RecordTable> Tables => [_records, _failures, _lastFailures];

    internal LedgerTotals GetTotals() =>
        new()
        {
            Api = Api,
            Run = Run,
            InSync = InSync,
            UploadedNotLinked = UploadedNotLinked,
            ChangedAt = ChangedAt,
            ResendStart = ResendStart,
            ResendStartedAt = ResendStartedAt,
            EntryCount = EntryCount,
            Days = [.. _days],
            RecentBatches = [.. _recentBatches],
            OpenBatch = _open,
        };
}
