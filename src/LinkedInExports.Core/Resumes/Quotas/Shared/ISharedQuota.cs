using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Resumes.Quotas.Shared;

/// <summary>Counts the usage of LinkedIn's limits by all processes that use the same application.</summary>
internal interface ISharedQuota
{
    /// <summary>Takes requests of a day for this process, so that the others cannot use them.</summary>
    /// <param name="day">The day, counted from 1970-01-01 UTC.</param>
    /// <param name="limit">The number of requests that the day allows.</param>
    /// <param name="atLeast">The number of requests that are needed.</param>
    /// <returns>The number of requests; 0 if fewer than the needed ones remain.</returns>
    int TakeRequests(long day, int limit, int atLeast);

    /// <summary>Changes the number of requests of a day by those that were not sent (negative) or not taken.</summary>
    void AddRequests(long day, int requests);

    /// <summary>Gets the number of requests of a day that were taken.</summary>
    int GetTakenRequests(long day);

    /// <summary>Counts the records of a batch that is about to be sent, if the limit allows it.</summary>
    /// <param name="batch">Identifies the batch.</param>
    /// <param name="records">The number of records.</param>
    /// <param name="limit">The number of records per minute.</param>
    /// <returns>Zero if the batch may be sent, otherwise the time after which to try again.</returns>
    TimeSpan TryAddBatch(Guid batch, int records, int limit);

    /// <summary>Records that a batch has a response, or will not get one: its records count for another minute.</summary>
    void CompleteBatch(Guid batch);

    /// <summary>Reports a problem of the counting, once.</summary>
    void ReportProblem(IDiagnostics diagnostics);
}
