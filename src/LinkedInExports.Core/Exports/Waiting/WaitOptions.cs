namespace LinkedInExports.Core.Exports.Waiting;

/// <summary>How to wait for export jobs.</summary>
public sealed class WaitOptions
{
    /// <summary>
    /// How long to wait for each job. LinkedIn may work on a validation export for two hours. When it is over the job
    /// goes on; only the waiting ends.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(3);

    /// <summary>A fixed pause between two questions about a job; null for one that grows with the time waited.</summary>
    public TimeSpan? PollInterval { get; init; }
}
