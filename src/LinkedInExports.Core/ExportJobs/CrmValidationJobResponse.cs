using LinkedInExports.Text;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// LinkedIn's response about a validation job. Only the id and the status are always present. Times are in milliseconds since
/// 1970-01-01T00:00:00Z.
/// </summary>
internal sealed class CrmValidationJobResponse
{
    public long? JobId { get; set; }

    public SanitizedText? Status { get; set; }

    public long? ExportStartAt { get; set; }

    public long? ExportEndAt { get; set; }

    public long? NextExportStartAt { get; set; }

    public long? ExpireAt { get; set; }

    public string[]? DownloadUrls { get; set; }

    /// <summary>LinkedIn's text describes a single link, but its sample has a list.</summary>
    public string? DownloadUrl { get; set; }
}
