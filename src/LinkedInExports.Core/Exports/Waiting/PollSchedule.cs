namespace LinkedInExports.Core.Exports.Waiting;

/// <summary>
/// When to ask again: 5 % of the time waited so far, at least 5 s and at most 60 s, a fifth more or less by chance. A job
/// of two hours costs under 180 questions and is seen within about a minute.
/// </summary>
internal static class PollSchedule
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>
    /// When to ask again about a job behind another one, which is asked about at once when its turn comes: only in case that
    /// LinkedIn takes them in another order.
    /// </summary>
    /// <param name="isEnqueued">Whether LinkedIn says itself that it is not at work on it.</param>
    internal static TimeSpan DelayInQueue(bool isEnqueued) => isEnqueued ? TimeSpan.FromMinutes(5) : Longest;

    /// <param name="elapsed">The time waited so far.</param>
    /// <param name="chance">A number from 0 to 1.</param>
    internal static TimeSpan Delay(TimeSpan elapsed, double chance)
    {
        double seconds = Math.Max(Shortest.TotalSeconds, elapsed.TotalSeconds * 0.05);
        return TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, seconds) * (0.8 + (0.4 * chance)));
    }
}
