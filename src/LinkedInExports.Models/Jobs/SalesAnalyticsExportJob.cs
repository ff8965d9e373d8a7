namespace LinkedInExports;

/// <summary>
/// An export of what the seat holders of a contract did, what came of it, or who they are (tutorial "Exporting User
/// Activity"). LinkedIn runs one job of a kind for a contract at a time; the others are queued.
/// </summary>
public sealed record SalesAnalyticsExportJob : ExportJob
{
    /// <summary>A job of a kind, or of one that is not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a kind of analytics.</exception>
    public SalesAnalyticsExportJob(ExportType? exportType)
        : base(exportType is LinkedInExports.ExportType.CrmValidation ? throw new ArgumentOutOfRangeException(nameof(exportType)) : exportType)
    {
    }

    /// <summary>The contract, as <c>urn:li:contract:{id}</c>; LinkedIn wants it with every question about the job.</summary>
    public string Contract { get; init; } = "";

    /// <summary>The start of the period; null for a job that is known by its id alone.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>The end of the period, which belongs to it; null for a job that is known by its id alone.</summary>
    public DateTimeOffset? EndAt { get; init; }

    /// <summary>How many rows of data LinkedIn says the file has; null until the job is completed.</summary>
    public long? RowCount { get; init; }
}
