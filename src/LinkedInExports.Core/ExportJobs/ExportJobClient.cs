using LinkedInExports.Core.Output;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Gets export jobs of any type.</summary>
public sealed class ExportJobClient
{
    /// <summary>How long LinkedIn keeps a job.</summary>
    internal static readonly TimeSpan JobLifetime = TimeSpan.FromDays(7);

    private readonly CrmValidationClient _crmValidation;

    private readonly SalesAnalyticsClient _salesAnalytics;

    internal ExportJobClient(CrmValidationClient crmValidation, SalesAnalyticsClient salesAnalytics)
    {
        _crmValidation = crmValidation;
        _salesAnalytics = salesAnalytics;
    }

    /// <summary>
    /// Gets the current state of a job. The creation time, which LinkedIn does not return, is copied from <paramref name="job"/>.
    /// </summary>
    /// <param name="job">A job with its id and its CRM instance or contract.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// LinkedIn does not know the job, the request failed, or the CRM instance or contract of the job is invalid.
    /// </exception>
    public Task<ExportJob> GetAsync(ExportJob job, IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        job.Match<Task<ExportJob>>(
            crmValidation: async known =>
            {
                CrmInstanceUrn crmInstance = CrmInstanceUrn.Parse(known.CrmInstanceId);
                CrmValidationExportJob current = await _crmValidation
                    .GetAsync(known.JobId, crmInstance, diagnostics, cancellationToken)
                    .ConfigureAwait(false);
                return current with { CreatedAt = known.CreatedAt };
            },
            salesAnalytics: async known =>
                await _salesAnalytics.GetAsync(known, diagnostics, cancellationToken).ConfigureAwait(false)
        );

    /// <summary>Creates a job like an existing one for another period.</summary>
    internal async Task<ExportJob> CreateForPeriodAsync(
        SalesAnalyticsExportJob job,
        Period period,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        await _salesAnalytics
            .CreateAsync(job.ExportType!.Value, ContractUrn.Parse(job.Contract), period, diagnostics, cancellationToken)
            .ConfigureAwait(false);
}
