using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Urns;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Creates an export job of the CRM records whose company changed since a time (tutorial "Exporting CRM Data
/// Validation"). With a checkpoint, each export continues from the previous one, and an interrupted run continues with its job.
/// </summary>
[Cmdlet(
    VerbsCommon.New,
    "CrmValidationExportJob",
    SupportsShouldProcess = true,
    DefaultParameterSetName = PeriodSet,
    HelpUri = HelpLinks.NewCrmValidationExportJob
)]
[OutputType(typeof(CrmValidationExportJob))]
public sealed class NewCrmValidationExportJobCommand : ExportJobCreationCommand
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.NewCrmValidationExportJob.CrmInstanceId
    )]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CrmInstanceCompleter))]
    public string[] CrmInstanceId { get; set; } = [];

    [Parameter(
        Mandatory = true,
        ParameterSetName = PeriodSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.NewCrmValidationExportJob.ExportStartAt
    )]
    [Parameter(
        ParameterSetName = CheckpointSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.NewCrmValidationExportJob.ExportStartAt
    )]
    [UtcDate]
    public DateTimeOffset? ExportStartAt { get; set; }

    [Parameter(ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.NewCrmValidationExportJob.Overlap)]
    [Seconds(0)]
    public TimeSpan Overlap { get; set; } = TimeSpan.FromDays(1);

    protected override void ProcessRecord()
    {
        foreach (string id in CrmInstanceId)
        {
            CaptureError(() =>
            {
                CrmInstanceUrn crmInstance = CrmInstanceUrn.Parse(id);
                if (HasCheckpoint)
                    ContinueFromCheckpoint(crmInstance);
                else
                    Create(crmInstance, ExportStartAt!.Value);
            });
        }
    }

    private void Create(CrmInstanceUrn crmInstance, DateTimeOffset startAt)
    {
        Period.ValidateStart(startAt, DateTimeOffset.UtcNow);
        if (!ShouldProcess(crmInstance.ToString(), $"Create a CRM validation export job from {startAt.UtcDateTime:u}"))
            return;

        OutputResults(
            (diagnostics, cancellationToken) =>
                DeferredDiagnostics.CreateAsync(
                    (deferred, token) => Client.CrmValidation.CreateAsync(crmInstance, startAt, deferred, token),
                    diagnostics,
                    cancellationToken
                )
        );
    }

    private void ContinueFromCheckpoint(CrmInstanceUrn crmInstance)
    {
        if (
            !ShouldProcess(
                crmInstance.ToString(),
                "Create a CRM validation export job, or continue with the pending job of the checkpoint"
            )
        )
        {
            return;
        }

        IncrementalExportService exports = OpenIncrementalExports();
        OutputResults(
            (diagnostics, cancellationToken) =>
                exports.ContinueCrmValidationAsync(crmInstance, ExportStartAt, Overlap, Force, diagnostics, cancellationToken)
        );
    }
}
