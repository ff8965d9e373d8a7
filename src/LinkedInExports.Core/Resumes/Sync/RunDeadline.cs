using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// The time limit of a run. After that, no more records are started. Records in progress have a grace period, so that uploaded
/// files are linked to their candidates, and are then canceled. The next run repeats them.
/// </summary>
internal sealed class RunDeadline(TimeSpan? stopAfter, TimeProvider time)
{
    /// <summary>The grace period for files.</summary>
    internal static readonly TimeSpan GraceForFiles = TimeSpan.FromSeconds(15);

    /// <summary>The grace period for batches.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly long _started = time.GetTimestamp();

    internal bool IsExpired => stopAfter is { } limit && time.GetElapsedTime(_started) >= limit;

    internal SyncReason Reason => new(ResumeSyncReason.TimeExpired, $"The time of {stopAfter:c} for this run is over.");

    /// <summary>Creates a deadline for files, which is linked to a token.</summary>
    internal Deadline CreateFilesDeadline(CancellationToken cancellationToken) =>
        CreateDeadline(GraceForFiles, cancellationToken);

    /// <summary>Creates a deadline for batches, which is linked to a token.</summary>
    internal Deadline CreateFinalDeadline(CancellationToken cancellationToken) => CreateDeadline(Grace, cancellationToken);

    private Deadline CreateDeadline(TimeSpan grace, CancellationToken cancellationToken)
    {
        TimeSpan? limit = stopAfter <= TimeSpan.MaxValue - grace ? stopAfter + grace : null;
        return time.CreateDeadline(limit - time.GetElapsedTime(_started), cancellationToken);
    }
}
