namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// The body of a request that creates a validation job. The time is in milliseconds since 1970-01-01T00:00:00Z.
/// </summary>
internal sealed class CrmValidationJobRequest
{
    public long ExportStartAt { get; set; }
}
