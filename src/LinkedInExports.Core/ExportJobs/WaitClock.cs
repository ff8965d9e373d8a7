using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>The clock and the deadlines of a waiter.</summary>
internal sealed class WaitClock
{
    private readonly MonotonicClock _clock;
    private readonly WaitOptions _options;
    private readonly DateTimeOffset _stopAt;

    internal WaitClock(TimeProvider time, WaitOptions options)
    {
        Time = time;
        _clock = new MonotonicClock(time);
        _options = options;
        _stopAt = options.StopAfter is { } stopAfter ? AddTime(_clock.Now, stopAfter) : DateTimeOffset.MaxValue;
    }

    internal TimeProvider Time { get; }

    internal DateTimeOffset Now => _clock.Now;

    internal MonotonicClock Monotonic => _clock;

    /// <summary>Gets the time at which to stop waiting for a job.</summary>
    internal DateTimeOffset GetEnd(PendingJob job) =>
        !job.IsQueued && AddTime(job.WaitingSince, _options.Timeout) is var end && end < _stopAt ? end : _stopAt;

    /// <summary>Gets the option that specifies a deadline.</summary>
    internal TimeSpan? GetLimit(DateTimeOffset end) => end < _stopAt ? _options.Timeout : _options.StopAfter;

    private static DateTimeOffset AddTime(DateTimeOffset from, TimeSpan time) =>
        time < DateTimeOffset.MaxValue - from ? from + time : DateTimeOffset.MaxValue;
}
