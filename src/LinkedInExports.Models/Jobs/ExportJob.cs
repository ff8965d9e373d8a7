namespace LinkedInExports;

/// <summary>
/// A job that LinkedIn runs to create export files. LinkedIn keeps it for a week, and any process can continue with it by its id.
/// </summary>
public abstract record ExportJob
{
    private protected ExportJob(ExportType? exportType) => ExportType = exportType;

    /// <summary>LinkedIn's id of the job.</summary>
    public long JobId { get; init; }

    /// <summary>
    /// The export type. Null for an analytics job of which only the id is known, because LinkedIn does not return the type. The
    /// downloaded file shows it.
    /// </summary>
    public ExportType? ExportType { get; }

    /// <summary>LinkedIn's status, unchanged even where it is undocumented; null until LinkedIn has returned one.</summary>
    public string? Status { get; init; }

    /// <summary>The state that corresponds to <see cref="Status"/>.</summary>
    public ExportJobState State =>
        Status is null ? ExportJobState.Running
        : Status.Equals("COMPLETED", StringComparison.OrdinalIgnoreCase) ? ExportJobState.Completed
        : Status.StartsWith("FAILED", StringComparison.OrdinalIgnoreCase) ? ExportJobState.Failed
        : ExportJobState.Running;

    /// <summary>
    /// Signed links to the files, one for each part; empty until the job is completed, and not serialized.
    /// </summary>
    public IReadOnlyList<SignedUrl> DownloadUrls { get; init; } = [];

    /// <summary>When the links or the files expire according to LinkedIn; informational.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>When the job was created, by LinkedIn's clock; null for a job that was retrieved by its id.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>
    /// Whether the files of the job were saved on this machine; null for a job that is not from <c>Get-ExportJob</c>.
    /// </summary>
    public bool? IsSaved { get; init; }

    /// <summary>The CRM instance or contract that the job belongs to, as a URN.</summary>
    internal abstract string Owner { get; }

    /// <summary>The start of the exported period; null where it is not known.</summary>
    internal abstract DateTimeOffset? PeriodStartAt { get; }

    /// <summary>The end of the exported period; null where it is not known.</summary>
    internal abstract DateTimeOffset? PeriodEndAt { get; }

    /// <summary>The number of rows in all parts according to LinkedIn; null where it does not return one.</summary>
    internal abstract long? AnnouncedRowCount { get; }

    /// <summary>
    /// Whether LinkedIn documents that the files of these jobs come in parts, so that a single file is a part as well.
    /// </summary>
    internal abstract bool IsAlwaysInParts { get; }

    /// <summary>Gets the command that retrieves the job in any session.</summary>
    internal abstract string GetResumeCommand();

    /// <summary>Calls the function for the type of the job.</summary>
    internal abstract T Match<T>(Func<CrmValidationExportJob, T> crmValidation, Func<SalesAnalyticsExportJob, T> salesAnalytics);

    /// <inheritdoc/>
    public sealed override string ToString() => $"{ExportType?.ToString() ?? "Analytics"} export job {JobId}";
}
