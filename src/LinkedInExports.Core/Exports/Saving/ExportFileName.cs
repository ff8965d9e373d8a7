using System.Globalization;

namespace LinkedInExports.Core.Exports.Saving;

/// <summary>Names of saved files. They are ours alone: nothing that a server sends goes into them but numbers.</summary>
internal static class ExportFileName
{
    /// <summary>For example <c>crm-validation-148-part001.csv</c>.</summary>
    internal static string Of(ExportJob job, int part) => job.Kind switch
    {
        ExportKind.CrmValidation => string.Format(CultureInfo.InvariantCulture, "crm-validation-{0}-part{1:000}.csv", job.JobId, part),
        _ => throw new NotSupportedException($"A job of type {job.GetType()}."),
    };
}
