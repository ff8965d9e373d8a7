namespace LinkedInExports.Core.Messages;

/// <summary>
/// When progress is worth showing: not before a second has passed, and then four records a second at most, whether an
/// update is one of them or two.
/// </summary>
internal sealed class ProgressPace(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private long? _shownAt;

    /// <summary>The pause between two updates of one record each.</summary>
    internal static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether anything was shown.</summary>
    internal bool HasShown => _shownAt is not null;

    /// <summary>Whether an update may be shown now; if so it counts as shown.</summary>
    internal bool IsDue(ProgressUpdate update)
    {
        if (time.GetElapsedTime(_started) < Patience)
            return false;
        if (_shownAt is { } last && time.GetElapsedTime(last) < (update.Step is null ? Interval : Interval + Interval))
            return false;

        _shownAt = time.GetTimestamp();
        return true;
    }
}
