using LinkedInExports.Text;

namespace LinkedInExports;

/// <summary>
/// An export of the activities, outcomes or seats of a contract (tutorial "Exporting User Activity"). LinkedIn runs one job per
/// export type and contract at a time and queues the others.
/// </summary>
public sealed record SalesAnalyticsExportJob : ExportJob
{
    /// <summary>Initializes a job of an export type, or with null if the type is not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is not an analytics type.</exception>
    public SalesAnalyticsExportJob(ExportType? exportType)
        : base(
            exportType is LinkedInExports.ExportType.CrmValidation
                ? throw new ArgumentOutOfRangeException(nameof(exportType))
                : exportType
        ) { }

    /// <summary>The contract, as <c>urn:li:contract:{id}</c>; LinkedIn requires it in each request about the job.</summary>
    public string Contract { get; init; } = "";

    /// <summary>The start of the period; null for a job that was retrieved by its id.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>The end of the period, inclusive; null for a job that was retrieved by its id.</summary>
    public DateTimeOffset? EndAt { get; init; }

    /// <summary>The number of data rows in the files according to LinkedIn; null until the job is completed.</summary>
    public long? RowCount { get; init; }

    internal override string Owner => Contract;

    internal override DateTimeOffset? PeriodStartAt => StartAt;

    internal override DateTimeOffset? PeriodEndAt => EndAt;

    internal override long? AnnouncedRowCount => RowCount;

    internal override bool IsAlwaysInParts => false;

    internal override string GetResumeCommand()
    {
        string exportType = ExportType is { } known ? $" -ExportType {known}" : "";
        return $"Get-SalesAnalyticsExportJob -JobId {JobId} -Contract {CommandArgument.Quote(Contract)}{exportType}";
    }

    internal override T Match<T>(
        Func<CrmValidationExportJob, T> crmValidation,
        Func<SalesAnalyticsExportJob, T> salesAnalytics
    ) => salesAnalytics(this);
}
