namespace LinkedInExports.Core.Telemetry;

/// <summary>
/// The names of attributes: those of OpenTelemetry's semantic conventions, and the module's own ones. Values never contain
/// tokens, addresses of links, ids of contracts, organizations, members and candidates, and names of files.
/// </summary>
internal static class TelemetryAttribute
{
    internal const string ErrorType = "error.type";
    internal const string RequestMethod = "http.request.method";
    internal const string ResendCount = "http.request.resend_count";
    internal const string StatusCode = "http.response.status_code";
    internal const string ServerAddress = "server.address";
    internal const string ServerPort = "server.port";
    internal const string UrlTemplate = "url.template";

    internal const string BatchRecords = "linkedin.batch.records";
    internal const string Connection = "linkedin.connection";
    internal const string ExportType = "linkedin.export.type";
    internal const string FileIsKept = "linkedin.file.kept";
    internal const string FileLength = "linkedin.file.length";
    internal const string FileRows = "linkedin.file.rows";
    internal const string GrantType = "linkedin.oauth.grant_type";
    internal const string JobId = "linkedin.job.id";
    internal const string JobStatus = "linkedin.job.status";
    internal const string Part = "linkedin.part";
    internal const string PartCount = "linkedin.part.count";
    internal const string ResumeOffset = "linkedin.resume.offset";
    internal const string ThrottleReason = "linkedin.throttle.reason";
}
