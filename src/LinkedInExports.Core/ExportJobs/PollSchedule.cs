namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// When to ask again: 5 % of the time waited so far, at least 5 s and at most 60 s, a fifth more or less by chance. A job
/// of two hours costs under 180 questions and is seen within about a minute.
/// </summary>
internal static class PollSchedule
{
    private static readonly TimeSpan MinDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(60);

    /// <summary>
    /// When to ask again about a job behind another one, which is asked about at once when its turn comes: only in case that
    /// LinkedIn takes them in another order.
    /// </summary>
    /// <param name="isEnqueued">Whether LinkedIn says itself that it is not at work on it.</param>
    internal static TimeSpan GetQueuedDelay(bool isEnqueued) => isEnqueued ? TimeSpan.FromMinutes(5) : MaxDelay;

    /// <param name="elapsed">The time waited so far.</param>
    /// <param name="jitter">A number from 0 to 1.</param>
    internal static TimeSpan GetDelay(TimeSpan elapsed, double jitter)
    {
        double seconds = Math.Max(MinDelay.TotalSeconds, elapsed.TotalSeconds * 0.05);
        return TimeSpan.FromSeconds(Math.Min(MaxDelay.TotalSeconds, seconds) * (0.8 + (0.4 * jitter)));
    }
}
