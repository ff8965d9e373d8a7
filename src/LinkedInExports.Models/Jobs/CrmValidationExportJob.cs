using LinkedInExports.Text;

namespace LinkedInExports;

/// <summary>
/// An export of the CRM records that LinkedIn flagged because their company changed
/// (tutorial "Exporting CRM Data Validation").
/// </summary>
public sealed record CrmValidationExportJob : ExportJob
{
    /// <summary>Initializes a job without any details.</summary>
    public CrmValidationExportJob()
        : base(LinkedInExports.ExportType.CrmValidation) { }

    /// <summary>The CRM, as <c>urn:li:crmInstance:(KEY,id)</c>; LinkedIn requires it in each request about the job.</summary>
    public string CrmInstanceId { get; init; } = "";

    /// <summary>Records flagged from this instant on are exported; the default value where it is not known.</summary>
    public DateTimeOffset ExportStartAt { get; init; }

    /// <summary>The end of the exported period; null until LinkedIn returns it.</summary>
    public DateTimeOffset? ExportEndAt { get; init; }

    /// <summary>The start of the next export that LinkedIn suggests; null until LinkedIn returns it.</summary>
    public DateTimeOffset? NextExportStartAt { get; init; }

    internal override string Owner => CrmInstanceId;

    internal override DateTimeOffset? PeriodStartAt => ExportStartAt == default ? null : ExportStartAt;

    internal override DateTimeOffset? PeriodEndAt => ExportEndAt;

    internal override long? AnnouncedRowCount => null;

    internal override bool IsAlwaysInParts => true;

    internal override string GetResumeCommand() =>
        $"Get-CrmValidationExportJob -JobId {JobId} -CrmInstanceId {CommandArgument.Quote(CrmInstanceId)}";

    internal override T Match<T>(
        Func<CrmValidationExportJob, T> crmValidation,
        Func<SalesAnalyticsExportJob, T> salesAnalytics
    ) => crmValidation(this);
}
