using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Downloads;

/// <summary>The pauses between questions for links, for a limited time.</summary>
internal sealed class LinkPollSchedule(TimeProvider time, RetryOptions options)
{
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _delay = options.LinkPollDelay;

    /// <summary>The time since the first question.</summary>
    internal TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>The next pause; null when the time is over. The last one ends with the time.</summary>
    internal TimeSpan? GetNextDelay()
    {
        TimeSpan left = options.LinkTimeout - Elapsed;
        if (left <= TimeSpan.Zero)
            return null;

        TimeSpan pause = _delay < left ? _delay : left;
        TimeSpan twice = _delay + _delay;
        _delay = twice < options.MaxDelay ? twice : options.MaxDelay;
        return pause;
    }
}
