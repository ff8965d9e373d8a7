using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Tests.Resumes.Quotas;

internal sealed class FakeQuotaStore : IQuotaStore
{
    internal List<(long Day, int Count)> Saved { get; } = [];

    internal bool IsFull { get; set; }

    internal (long Day, int Requests)[] Usage { get; set; } = [];

    public IEnumerable<(long Day, int Requests)> SavedUsage => Usage;

    internal (int Records, TimeSpan Age)[] Recent { get; set; } = [];

    internal List<string> Batches { get; } = [];

    public IEnumerable<(int Records, TimeSpan Age)> RecentBatches => Recent;

    public void SaveUsage(long day, int requests, int limit)
    {
        ThrowIfFull();
        Saved.Add((day, requests));
    }

    public void BeginBatch(int records)
    {
        ThrowIfFull();
        Batches.Add($"begin {records}");
    }

    public void EndBatch(int records)
    {
        ThrowIfFull();
        Batches.Add($"end {records}");
    }

    private void ThrowIfFull()
    {
        if (IsFull)
            throw new LinkedInException(LinkedInErrorId.FileWriteFailed, "full");
    }
}
