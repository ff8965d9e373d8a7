namespace LinkedInExports.Core.Output;

/// <summary>
/// Decides when to show progress: not in the first second, and then at most four progress records a second. An update
/// with a step is two records.
/// </summary>
internal sealed class ProgressThrottle(TimeProvider time)
{
    private static readonly TimeSpan InitialDelay = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private long? _reportedAt;

    /// <summary>The minimum time between two updates of one record each.</summary>
    internal static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether an update was shown.</summary>
    internal bool HasReported => _reportedAt is not null;

    /// <summary>Returns whether to show an update now, and records that it is shown.</summary>
    internal bool ShouldReport(ProgressUpdate update)
    {
        if (time.GetElapsedTime(_started) < InitialDelay)
            return false;
        if (_reportedAt is { } last && time.GetElapsedTime(last) < (update.Step is null ? Interval : Interval + Interval))
            return false;

        _reportedAt = time.GetTimestamp();
        return true;
    }
}
