using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// Tracks a time in which LinkedIn does not respond to polls. Thread-safe, because jobs are polled concurrently.
/// </summary>
internal sealed class PollOutage(MonotonicClock clock)
{
    private readonly object _gate = new();
    private readonly HashSet<PendingJob> _reported = [];
    private DateTimeOffset? _since;

    /// <summary>Records a failed poll.</summary>
    /// <returns>
    /// Whether to report it. An outage is reported once for all jobs, and repeated failures of a single job are not reported.
    /// </returns>
    internal bool Begin(PendingJob job)
    {
        lock (_gate)
        {
            bool isNew = _reported.Add(job) && _since is null;
            _since ??= clock.Now;
            return isNew;
        }
    }

    /// <summary>Records a successful poll.</summary>
    /// <returns>The duration of the outage that it ends, or null.</returns>
    internal TimeSpan? End(PendingJob job)
    {
        lock (_gate)
        {
            _reported.Remove(job);
            job.LastFailure = null;
            TimeSpan? lasted = clock.Now - _since;
            _since = null;
            return lasted;
        }
    }
}
