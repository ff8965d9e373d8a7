using System.Globalization;

namespace LinkedInExports.Core.Downloads;

/// <summary>Names of saved files. They are ours alone: nothing that a server sends goes into them but numbers.</summary>
internal static class ExportFileName
{
    /// <summary>
    /// For example <c>crm-validation-148-part001.csv</c> or <c>activity-100004.csv</c>; <c>analytics-100004.csv</c> for a
    /// job whose kind is not known.
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

        // Validation exports come in parts, and are named so even when there is but one. The others never do so far.
        return job is CrmValidationExportJob || partCount > 1
            ? string.Format(CultureInfo.InvariantCulture, "{0}-{1}-part{2:000}.csv", name, job.JobId, part)
            : string.Format(CultureInfo.InvariantCulture, "{0}-{1}.csv", name, job.JobId);
    }

    /// <summary>
    /// The CRM instance or contract of a job. It is not part of the name, so two jobs with one number of different owners cannot be
    /// saved to the same folder.
    /// </summary>
    internal static string GetOwner(ExportJob job) => job switch
    {
        CrmValidationExportJob crm => crm.CrmInstanceId,
        SalesAnalyticsExportJob sales => sales.Contract,
        _ => throw new NotSupportedException($"A job of type {job.GetType()}."),
    };
}
