using LinkedInExports.Text;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// LinkedIn's response about an analytics job, with or without the envelope of actions. Numbers have 64 bits, because times in
/// milliseconds do not fit in 32 bits as documented.
/// </summary>
internal sealed class SalesAnalyticsJobResponse
{
    /// <summary>The content of the envelope.</summary>
    public SalesAnalyticsJobResponse? Value { get; set; }

    public long? Id { get; set; }

    public SanitizedText? Status { get; set; }

    public string? DownloadUrl { get; set; }

    public string[]? DownloadUrls { get; set; }

    public long? ExpireAt { get; set; }

    public long? RowCount { get; set; }
}
