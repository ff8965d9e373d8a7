using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Downloads;

/// <summary>The delays between requests for missing links, until a timeout.</summary>
internal sealed class LinkPollSchedule(TimeProvider time, RetryOptions options)
{
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _delay = options.LinkPollDelay;

    /// <summary>The time since the schedule was created.</summary>
    internal TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Gets the next delay, or null after the timeout. The last delay ends at the timeout.</summary>
    internal TimeSpan? GetNextDelay()
    {
        TimeSpan remaining = options.LinkTimeout - Elapsed;
        if (remaining <= TimeSpan.Zero)
            return null;

        TimeSpan delay = _delay < remaining ? _delay : remaining;
        TimeSpan doubled = _delay + _delay;
        _delay = doubled < options.MaxDelay ? doubled : options.MaxDelay;
        return delay;
    }
}
