using System.Management.Automation;
using LinkedInExports.Base;
using LinkedInExports.Completers;
using LinkedInExports.Core.Exports.Crm;
using LinkedInExports.Transforms;

namespace LinkedInExports.Commands;

/// <summary>
/// Has LinkedIn export the CRM records whose company changed, from an instant to now (tutorial "Exporting CRM Data
/// Validation").
/// </summary>
[Cmdlet(VerbsCommon.New, "CrmValidationExportJob", SupportsShouldProcess = true, HelpUri = LinkedInDocs.DataValidation)]
[OutputType(typeof(CrmValidationExportJob))]
public sealed class NewCrmValidationExportJobCommand : ConnectedCommand
{
    /// <summary>The CRM, in LinkedIn's form urn:li:crmInstance:(KEY,id).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CrmInstanceCompleter))]
    public string[] CrmInstanceId { get; set; } = [];

    /// <summary>Records flagged from this instant on. A date alone begins at midnight UTC; a time without an offset is local.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [UtcDay]
    public DateTimeOffset ExportStartAt { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in CrmInstanceId)
        {
            Guard(() =>
            {
                string urn = CrmInstanceUrn.Parse(id);
                if (!ShouldProcess(urn, $"Create a CRM validation export job from {ExportStartAt.UtcDateTime:u}"))
                    return;

                Run(async (messages, stop) => messages.Output(
                    await Client.CrmValidation.CreateAsync(urn, ExportStartAt, messages, stop).ConfigureAwait(false)));
            });
        }
    }
}
