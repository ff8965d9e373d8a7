using System.Globalization;

namespace LinkedInExports.Core.Downloads;

/// <summary>Names of saved files. They contain no text from the server.</summary>
internal static class ExportFileName
{
    /// <summary>
    /// Creates a file name, such as <c>crm-validation-148-part001.csv</c> or <c>activity-100004.csv</c>;
    /// <c>analytics-100004.csv</c> for a job whose export type is unknown.
    /// </summary>
    internal static string Create(ExportJob job, int part, int partCount)
    {
        string name = job.ExportType switch
        {
            ExportType.CrmValidation => "crm-validation",
            ExportType.Activity => "activity",
            ExportType.Seat => "seat",
            ExportType.ActivityOutcome => "activity-outcome",
            _ => "analytics",
        };

        return job.IsAlwaysInParts || partCount > 1
            ? string.Format(CultureInfo.InvariantCulture, "{0}-{1}-part{2:000}.csv", name, job.JobId, part)
            : string.Format(CultureInfo.InvariantCulture, "{0}-{1}.csv", name, job.JobId);
    }
}
