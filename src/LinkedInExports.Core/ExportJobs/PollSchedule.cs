namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// The polling interval: 5 % of the elapsed time, from 5 to 60 seconds, with ±20 % jitter. A job of two hours needs fewer than
/// 180 polls, and its end is detected within about a minute.
/// </summary>
internal static class PollSchedule
{
    private static readonly TimeSpan MinDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets the interval for a queued job. The job is polled immediately when it is next in its queue, so this is only for the
    /// case that LinkedIn uses another order.
    /// </summary>
    /// <param name="isEnqueued">Whether LinkedIn reports that the job is queued.</param>
    internal static TimeSpan GetQueuedDelay(bool isEnqueued) => isEnqueued ? TimeSpan.FromMinutes(5) : MaxDelay;

    /// <param name="elapsed">The elapsed time.</param>
    /// <param name="jitter">A number from 0 to 1.</param>
    internal static TimeSpan GetDelay(TimeSpan elapsed, double jitter)
    {
        double seconds = Math.Max(MinDelay.TotalSeconds, elapsed.TotalSeconds * 0.05);
        return TimeSpan.FromSeconds(Math.Min(MaxDelay.TotalSeconds, seconds) * (0.8 + (0.4 * jitter)));
    }
}
