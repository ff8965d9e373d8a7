namespace LinkedInExports.Core.Output;

/// <summary>
/// When progress is worth showing: not before a second has passed, and then four records a second at most, whether an
/// update is one of them or two.
/// </summary>
internal sealed class ProgressThrottle(TimeProvider time)
{
    private static readonly TimeSpan InitialDelay = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private long? _reportedAt;

    /// <summary>The pause between two updates of one record each.</summary>
    internal static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether anything was shown.</summary>
    internal bool HasReported => _reportedAt is not null;

    /// <summary>Whether an update may be shown now; if so it counts as shown.</summary>
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
