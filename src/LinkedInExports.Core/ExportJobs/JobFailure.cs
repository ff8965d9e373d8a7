using System.Globalization;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Converts the statuses of failed jobs to errors.</summary>
internal static class JobFailure
{
    private const string Oversized = "FAILED_DUE_TO_EXCEEDED_FILE_SIZE_ERROR";

    internal static bool IsOversized(ExportJob job) => HasCode(job, Oversized);

    internal static LinkedInException ToException(ExportJob job) =>
        new(LinkedInErrorId.ExportJobFailed, $"LinkedIn ended export job {job.JobId} without a file: {job.Status}.{GetHint(job)}")
        {
            Target = job.JobId.ToString(CultureInfo.InvariantCulture),
        };

    private static string GetHint(ExportJob job) =>
        IsOversized(job) ? " Its file would be too large: export shorter periods, or use Wait-ExportJob -SplitOversized."
        : HasCode(job, "FAILED_DUE_TO_TIMED_OUT") ? " The job timed out: export a shorter period, or try again later."
        : HasCode(job, "FAILED_DUE_TO_DATA_DELAY")
            ? " LinkedIn does not have all data of the period: end it a day earlier, or try again after the next "
                + "daily refresh."
        : HasCode(job, "FAILED_DUE_TO_INTERNAL_ERROR") ? " Create a new job."
        : "";

    private static bool HasCode(ExportJob job, string status) =>
        string.Equals(job.Status, status, StringComparison.OrdinalIgnoreCase);
}
