namespace LinkedInExports.Core.ExportJobs;

/// <summary>How to wait for export jobs.</summary>
public sealed class WaitOptions
{
    /// <summary>
    /// How long to wait for each job; for one that LinkedIn has queued behind another, from when its turn comes. LinkedIn
    /// may work on a validation export for two hours. When the time is over the job goes on; only the waiting ends.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(3);

    /// <summary>
    /// When to stop waiting for all of them, queued ones too, counted from the making of the waiter; null for no such time.
    /// </summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>
    /// Whether a job whose file would be too large is replaced by two for the halves of its period, which are then waited
    /// for.
    /// </summary>
    public bool SplitOversized { get; init; }

    /// <summary>A fixed pause between two questions about a job; null for one that grows with the time waited.</summary>
    public TimeSpan? PollInterval { get; init; }
}
