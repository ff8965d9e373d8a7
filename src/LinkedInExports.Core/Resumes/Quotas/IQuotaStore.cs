namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>Stores the usage of the quotas, so that the next process observes the same limits.</summary>
internal interface IQuotaStore
{
    /// <summary>The saved numbers of requests of recent days.</summary>
    IEnumerable<(long Day, int Requests)> SavedUsage { get; }

    /// <summary>The batches of the last minute, and the time since each one was completed; zero if that is unknown.</summary>
    IEnumerable<(int Records, TimeSpan Age)> RecentBatches { get; }

    /// <summary>
    /// Saves that up to this many requests may have been sent on a day. The quota calls it before it reaches the number, so
    /// that a crash never makes a request uncounted.
    /// </summary>
    /// <param name="day">The day, counted from 1970-01-01 UTC.</param>
    /// <param name="requests">The number of requests.</param>
    /// <param name="limit">The number of requests that the day allows.</param>
    void SaveUsage(long day, int requests, int limit);

    /// <summary>Saves that a batch is about to be sent, and flushes that to the disk.</summary>
    void BeginBatch(int records);

    /// <summary>Saves that the batch has a response, or will not get one.</summary>
    void EndBatch(int records);
}
