namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>Remembers what was sent, so that the next process keeps within the same limits.</summary>
internal interface IQuotaStore
{
    /// <summary>The requests of recent days, as they were saved.</summary>
    IEnumerable<(long Day, int Requests)> SavedUsage { get; }

    /// <summary>The batches of the last minute, and how long ago each was completed; zero if that is unknown.</summary>
    IEnumerable<(int Records, TimeSpan Age)> RecentBatches { get; }

    /// <summary>
    /// Saves that up to this many requests may have been sent on a day. The quota calls it before it reaches the number, so
    /// that a crash never makes a request uncounted.
    /// </summary>
    /// <param name="day">The day, counted from 1970-01-01 UTC.</param>
    /// <param name="requests">The number of requests.</param>
    /// <param name="limit">The number of requests that the day allows.</param>
    void SaveUsage(long day, int requests, int limit);

    /// <summary>Saves, durably, that a batch is about to be sent.</summary>
    void BeginBatch(int records);

    /// <summary>Saves that the batch was answered, or that there will be no answer.</summary>
    void EndBatch(int records);
}
