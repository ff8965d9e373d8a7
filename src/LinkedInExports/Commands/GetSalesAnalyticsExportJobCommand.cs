using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>Gets analytics export jobs by their ids. LinkedIn keeps them for a week.</summary>
[Cmdlet(VerbsCommon.Get, "SalesAnalyticsExportJob", HelpUri = HelpLinks.GetSalesAnalyticsExportJob)]
[OutputType(typeof(SalesAnalyticsExportJob))]
public sealed class GetSalesAnalyticsExportJobCommand : ConnectedCommand
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.GetSalesAnalyticsExportJob.JobId
    )]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public long[] JobId { get; set; } = [];

    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.GetSalesAnalyticsExportJob.Contract
    )]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContractCompleter))]
    public string Contract { get; set; } = "";

    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = ParameterHelp.GetSalesAnalyticsExportJob.ExportType)]
    [AnalyticsExportType]
    [ValidateSet(
        nameof(LinkedInExports.ExportType.Activity),
        nameof(LinkedInExports.ExportType.Seat),
        nameof(LinkedInExports.ExportType.ActivityOutcome)
    )]
    public ExportType? ExportType { get; set; }

    protected override void ProcessRecord()
    {
        foreach (long id in JobId)
        {
            var job = new SalesAnalyticsExportJob(ExportType) { JobId = id, Contract = Contract };
            OutputResult((diagnostics, cancellationToken) => Client.SalesAnalytics.GetAsync(job, diagnostics, cancellationToken));
        }
    }
}
