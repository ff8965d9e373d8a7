namespace LinkedInExports;

/// <summary>
/// A job that LinkedIn runs to make export files. It works from its id alone, also in another process:
/// LinkedIn keeps it for a week.
/// </summary>
public abstract record ExportJob
{
    private protected ExportJob(ExportType? exportType) => ExportType = exportType;

    /// <summary>LinkedIn's id of the job.</summary>
    public long JobId { get; init; }

    /// <summary>
    /// What the export contains; null for an analytics job that is known by its id alone, whose kind LinkedIn does not
    /// tell. The file will show it.
    /// </summary>
    public ExportType? ExportType { get; }

    /// <summary>
    /// LinkedIn's own word, kept as it came even when it is a new one; null until LinkedIn was asked for it.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>What <see cref="Status"/> means.</summary>
    public ExportJobState State =>
        Status is null ? ExportJobState.Running
        : Status.Equals("COMPLETED", StringComparison.OrdinalIgnoreCase) ? ExportJobState.Completed
        : Status.StartsWith("FAILED", StringComparison.OrdinalIgnoreCase) ? ExportJobState.Failed
        : ExportJobState.Running;

    /// <summary>
    /// Signed links to the files, one for each part; empty until the job is completed, and left out when the job is
    /// serialized.
    /// </summary>
    public IReadOnlyList<SignedUrl> DownloadUrls { get; init; } = [];

    /// <summary>When LinkedIn says that the links or the files expire; informational.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>When the job was created, by LinkedIn's clock; null for a job that was looked up by its id.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <inheritdoc/>
    public sealed override string ToString() => $"{ExportType?.ToString() ?? "Analytics"} export job {JobId}";
}
