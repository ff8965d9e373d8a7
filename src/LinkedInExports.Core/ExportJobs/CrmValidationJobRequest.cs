namespace LinkedInExports.Core.ExportJobs;

/// <summary>The body that creates a validation job: milliseconds since 1970-01-01T00:00:00Z.</summary>
internal sealed class CrmValidationJobRequest
{
    public long ExportStartAt { get; set; }
}
