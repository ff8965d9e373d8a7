using LinkedInExports.Text;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// LinkedIn's answer about an analytics job, bare or in the envelope that actions answer with. All numbers are of 64 bits,
/// whatever others say: times in milliseconds do not fit 32.
/// </summary>
internal sealed class SalesAnalyticsJobResponse
{
    /// <summary>The envelope's content.</summary>
    public SalesAnalyticsJobResponse? Value { get; set; }

    public long? Id { get; set; }

    public SanitizedText? Status { get; set; }

    public string? DownloadUrl { get; set; }

    public string[]? DownloadUrls { get; set; }

    public long? ExpireAt { get; set; }

    public long? RowCount { get; set; }
}
