using System.Management.Automation;
using LinkedInExports.Completion;
using LinkedInExports.Core.Urns;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>Gets CRM validation export jobs by their ids. LinkedIn keeps them for a week.</summary>
[Cmdlet(VerbsCommon.Get, "CrmValidationExportJob", HelpUri = HelpLinks.GetCrmValidationExportJob)]
[OutputType(typeof(CrmValidationExportJob))]
public sealed class GetCrmValidationExportJobCommand : ConnectedCommand
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.GetCrmValidationExportJob.JobId
    )]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public long[] JobId { get; set; } = [];

    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.GetCrmValidationExportJob.CrmInstanceId
    )]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CrmInstanceCompleter))]
    public string CrmInstanceId { get; set; } = "";

    protected override void ProcessRecord()
    {
        foreach (long id in JobId)
        {
            OutputResult(
                (diagnostics, cancellationToken) =>
                    Client.CrmValidation.GetAsync(id, CrmInstanceUrn.Parse(CrmInstanceId), diagnostics, cancellationToken)
            );
        }
    }
}
