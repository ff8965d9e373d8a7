namespace LinkedInExports.Core.ExportJobs;

/// <summary>Settings for waiting for export jobs.</summary>
public sealed class WaitOptions
{
    /// <summary>The default of <see cref="Timeout"/>, in hours.</summary>
    public const int DefaultTimeoutHours = 3;

    /// <summary>
    /// The maximum time to wait for each job. For a job that LinkedIn has queued, it begins when the job is next. LinkedIn may
    /// need two hours for a validation export. After the timeout, the job continues at LinkedIn.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(DefaultTimeoutHours);

    /// <summary>
    /// The maximum time to wait for all jobs, from the creation of the waiter, or null for no limit.
    /// </summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>
    /// Whether a job whose file would be too large is replaced by two jobs for the halves of its period.
    /// </summary>
    public bool SplitOversized { get; init; }

    /// <summary>A fixed polling interval, or null for an interval that grows with the elapsed time.</summary>
    public TimeSpan? PollInterval { get; init; }
}
