using LinkedInExports.Core.Exports.Crm;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Exports;

/// <summary>Asks for jobs of any kind: what waits for them and what saves them need not know one from another.</summary>
public sealed class ExportJobs
{
    private readonly CrmValidationExports _crmValidation;

    internal ExportJobs(CrmValidationExports crmValidation) => _crmValidation = crmValidation;

    /// <summary>The job as LinkedIn has it now; when it was created is carried over, which LinkedIn does not tell.</summary>
    /// <exception cref="LinkedInException">LinkedIn does not know it any more, or could not be asked.</exception>
    public async Task<ExportJob> GetAsync(ExportJob job, IMessages messages, CancellationToken cancellation)
    {
        switch (job)
        {
            case CrmValidationExportJob known:
                CrmValidationExportJob now = await _crmValidation
                    .GetAsync(known.JobId, known.CrmInstanceId, messages, cancellation).ConfigureAwait(false);
                return now with { CreatedAt = known.CreatedAt };
            default:
                throw new NotSupportedException($"A job of type {job.GetType()}.");
        }
    }

    /// <summary>The command that takes a job up again, in any session.</summary>
    internal static string HowToGoOn(ExportJob job) => job switch
    {
        CrmValidationExportJob crm => $"Get-CrmValidationExportJob -JobId {crm.JobId} -CrmInstanceId '{crm.CrmInstanceId}' | Wait-ExportJob",
        _ => throw new NotSupportedException($"A job of type {job.GetType()}."),
    };
}
