namespace LinkedInExports.Core.Telemetry;

internal static class ExportJobAttributes
{
    /// <summary>Adds the id, type and status of an export job, and neither its contract nor its CRM instance.</summary>
    internal static TraceSpan With(this TraceSpan span, ExportJob job) =>
        span.IsRecorded
            ? span.With(TelemetryAttribute.JobId, job.JobId)
                .With(TelemetryAttribute.ExportType, GetExportType(job))
                .With(TelemetryAttribute.JobStatus, job.State.ToString())
            : span;

    internal static string GetExportType(ExportJob job) => (job.ExportType ?? ExportType.CrmValidation).ToString();
}
