using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <content>The ledger also stores the usage of the quotas, which must survive a crash as well.</content>
internal sealed partial class ResumeLedger : IQuotaStore
{
    IEnumerable<(long Day, int Requests)> IQuotaStore.SavedUsage => _state.Days.Select(line => (line.Day ?? 0, line.Count ?? 0));

    IEnumerable<(int Records, TimeSpan Age)> IQuotaStore.RecentBatches
    {
        get
        {
            DateTimeOffset now = _time.GetUtcNow();
            foreach ((long? answeredAt, int records) in _state.Batches)
            {
                // After the clock was set back, the batch may seem to be in the future.
                TimeSpan age = answeredAt is { } at ? now - DateTimeOffset.FromUnixTimeMilliseconds(at) : TimeSpan.Zero;
                yield return (records, age > TimeSpan.Zero ? age : TimeSpan.Zero);
            }
        }
    }

    void IQuotaStore.SaveUsage(long day, int requests, int limit)
    {
        Append(
            new LedgerEntry
            {
                Type = LedgerEntryType.Requests,
                Day = day,
                Count = requests,
                Limit = limit,
            }
        );
        Flush();
    }

    void IQuotaStore.BeginBatch(int records)
    {
        Append(LedgerEntry.ForBatch(isAnswered: false, records));
        Flush();
    }

    void IQuotaStore.EndBatch(int records) => Append(LedgerEntry.ForBatch(isAnswered: true, records));
}
