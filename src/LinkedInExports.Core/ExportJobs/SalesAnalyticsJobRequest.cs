namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// The body of a request that creates an analytics job. The period is closed, in milliseconds since 1970-01-01T00:00:00Z.
/// </summary>
internal sealed class SalesAnalyticsJobRequest
{
    public long StartAt { get; set; }

    public long EndAt { get; set; }

    public string Contract { get; set; } = "";
}
