using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Tests.Resumes.Quotas;

internal sealed class FakeQuotaStore : IQuotaStore
{
    internal List<(long Day, int Count)> Saved { get; } = [];

    internal bool IsFull { get; set; }

    internal (long Day, int Requests)[] Usage { get; set; } = [];

    public IEnumerable<(long Day, int Requests)> SavedUsage => Usage;

    public IEnumerable<(int Records, TimeSpan Age)> RecentBatches => [];

    public void SaveUsage(long day, int requests, int limit)
    {
        if (IsFull)
            throw new LinkedInException(LinkedInErrorId.FileWriteFailed, "full");
        Saved.Add((day, requests));
    }

    public void BeginBatch(int records) { }

    public void EndBatch(int records) { }
}
