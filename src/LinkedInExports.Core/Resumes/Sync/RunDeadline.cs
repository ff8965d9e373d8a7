using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// The time that a run has. Then no record is started, and records in progress get a little longer, so that files that
/// are at LinkedIn are tied to their candidates, and is then given up. The next run does it again.
/// </summary>
internal sealed class RunDeadline(TimeSpan? stopAfter, TimeProvider time)
{
    /// <summary>How much longer a file may take.</summary>
    internal static readonly TimeSpan GraceForFiles = TimeSpan.FromSeconds(15);

    /// <summary>How much longer everything may take.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Timers cannot be set for much longer.</summary>
    private static readonly TimeSpan MaxTimerDelay = TimeSpan.FromDays(40);

    private readonly long _started = time.GetTimestamp();

    internal bool IsExpired => stopAfter is { } whole && time.GetElapsedTime(_started) >= whole;

    internal string Reason => $"The time of {stopAfter:c} for this run is over.";

    /// <summary>A token that fires when files are given up, or with the given one.</summary>
    internal Deadline CreateFilesDeadline(CancellationToken cancellationToken) =>
        CreateDeadline(GraceForFiles, cancellationToken);

    /// <summary>A token that fires when everything is given up, or with the given one.</summary>
    internal Deadline CreateFinalDeadline(CancellationToken cancellationToken) => CreateDeadline(Grace, cancellationToken);

    private Deadline CreateDeadline(TimeSpan grace, CancellationToken cancellationToken) =>
        time.CreateDeadline(
            stopAfter is { } whole && whole < MaxTimerDelay ? GetRemaining(whole + grace) : Timeout.InfiniteTimeSpan,
            cancellationToken
        );

    private TimeSpan GetRemaining(TimeSpan whole) =>
        whole - time.GetElapsedTime(_started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
