using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Asks for jobs of any kind: what waits for them and what saves them need not know one from another.</summary>
public sealed class ExportJobClient
{
    private readonly CrmValidationClient _crmValidation;

    private readonly SalesAnalyticsClient _salesAnalytics;

    internal ExportJobClient(CrmValidationClient crmValidation, SalesAnalyticsClient salesAnalytics)
    {
        _crmValidation = crmValidation;
        _salesAnalytics = salesAnalytics;
    }

    /// <summary>The job as LinkedIn has it now; when it was created is carried over, which LinkedIn does not tell.</summary>
    /// <exception cref="LinkedInException">LinkedIn does not know it any more, or could not be asked.</exception>
    public async Task<ExportJob> GetAsync(ExportJob job, ICommandOutput output, CancellationToken cancellationToken)
    {
        switch (job)
        {
            case CrmValidationExportJob known:
                CrmValidationExportJob now = await _crmValidation
                    .GetAsync(known.JobId, known.CrmInstanceId, output, cancellationToken).ConfigureAwait(false);
                return now with { CreatedAt = known.CreatedAt };
            case SalesAnalyticsExportJob known:
                return await _salesAnalytics.GetAsync(known, output, cancellationToken).ConfigureAwait(false);
            default:
                throw new NotSupportedException($"A job of type {job.GetType()}.");
        }
    }

    /// <summary>Creates a job like another for a part of its period.</summary>
    internal async Task<ExportJob> CreateForPeriodAsync(SalesAnalyticsExportJob job, Period period, ICommandOutput output, CancellationToken cancellationToken) =>
        await _salesAnalytics.CreateAsync(job.ExportType!.Value, job.Contract, period, output, cancellationToken).ConfigureAwait(false);

    /// <summary>The command that finds a job again, in any session.</summary>
    internal static string GetResumeCommand(ExportJob job) => job switch
    {
        CrmValidationExportJob crm => $"Get-CrmValidationExportJob -JobId {crm.JobId} -CrmInstanceId {CommandArgument.Quote(crm.CrmInstanceId)}",
        SalesAnalyticsExportJob sales =>
            $"Get-SalesAnalyticsExportJob -JobId {sales.JobId} -Contract {CommandArgument.Quote(sales.Contract)}{(sales.ExportType is { } exportType ? $" -ExportType {exportType}" : "")}",
        _ => throw new NotSupportedException($"A job of type {job.GetType()}."),
    };
}
