namespace LinkedInExports;

/// <summary>
/// An export of the CRM records that LinkedIn flagged because their company changed
/// (tutorial "Exporting CRM Data Validation").
/// </summary>
public sealed record CrmValidationExportJob : ExportJob
{
    /// <summary>A job that nothing is known of yet.</summary>
    public CrmValidationExportJob()
        : base(LinkedInExports.ExportType.CrmValidation)
    {
    }

    /// <summary>The CRM, as <c>urn:li:crmInstance:(KEY,id)</c>; LinkedIn wants it with every question about the job.</summary>
    public string CrmInstanceId { get; init; } = "";

    /// <summary>Records flagged from this instant on are exported.</summary>
    public DateTimeOffset ExportStartAt { get; init; }

    /// <summary>The end of the exported period; null until LinkedIn tells it.</summary>
    public DateTimeOffset? ExportEndAt { get; init; }

    /// <summary>Where LinkedIn suggests that the next export starts; null until LinkedIn tells it.</summary>
    public DateTimeOffset? NextExportStartAt { get; init; }
}
