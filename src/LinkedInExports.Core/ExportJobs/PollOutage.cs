using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// A time in which LinkedIn answers no questions. Questions are asked side by side, so this is safe between threads.
/// </summary>
internal sealed class PollOutage(MonotonicClock clock)
{
    private readonly object _gate = new();
    private readonly HashSet<PendingJob> _reported = [];
    private DateTimeOffset? _since;

    /// <summary>Notes a question without an answer.</summary>
    /// <returns>
    /// Whether the user has to know: not for each job of an outage, nor for each question about a job that alone has no answers.
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

    /// <summary>Notes an answer.</summary>
    /// <returns>How long there was none; null without an outage.</returns>
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
