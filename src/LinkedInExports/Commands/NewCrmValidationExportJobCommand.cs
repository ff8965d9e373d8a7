using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Urns;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Has LinkedIn export the CRM records whose company changed, from an instant to now (tutorial "Exporting CRM Data
/// Validation"). With a checkpoint each export starts where the one before ended, and a run that died goes on with its job.
/// </summary>
[Cmdlet(
    VerbsCommon.New,
    "CrmValidationExportJob",
    SupportsShouldProcess = true,
    DefaultParameterSetName = PeriodSet,
    HelpUri = LinkedInDocs.DataValidation
)]
[OutputType(typeof(CrmValidationExportJob))]
public sealed class NewCrmValidationExportJobCommand : ConnectedCommand
{
    private const string PeriodSet = "Period";
    private const string CheckpointSet = "Checkpoint";

    /// <summary>The CRM, in LinkedIn's form urn:li:crmInstance:(KEY,id).</summary>
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

    /// <summary>
    /// Records flagged from this instant on. A date alone begins at midnight UTC; a time without an offset is local. With a
    /// checkpoint it is where the first export starts; later ones start where it says, whatever stands here.
    /// </summary>
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

    /// <summary>
    /// A file that remembers, for any number of CRM instances, which job is under way and where the next export starts. Give
    /// it to Save-ExportFile as well, which moves it on when all files are safe on the disk.
    /// </summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = CheckpointSet,
        HelpMessage = ParameterHelp.NewCrmValidationExportJob.CheckpointPath
    )]
    [ValidateNotNullOrEmpty]
    public string CheckpointPath { get; set; } = "";

    /// <summary>
    /// How far each export reaches back before the end of the one before it, as a time span or in seconds; one day by default.
    /// LinkedIn may flag a record later than the time that the record carries. Records of the overlap are exported again.
    /// </summary>
    [Parameter(ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.NewCrmValidationExportJob.Overlap)]
    [Seconds(0)]
    public TimeSpan Overlap { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Creates a job even where an earlier run may have created one whose id is not known.</summary>
    [Parameter(ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.NewCrmValidationExportJob.Force)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (ParameterSetName == CheckpointSet)
            SetCheckpoint(CheckpointPath);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in CrmInstanceId)
        {
            CaptureError(() =>
            {
                CrmInstanceUrn crmInstance = CrmInstanceUrn.Parse(id);
                if (ParameterSetName == CheckpointSet)
                {
                    ContinueFromCheckpoint(crmInstance);
                }
                else if (
                    ShouldProcess(
                        crmInstance.ToString(),
                        $"Create a CRM validation export job from {ExportStartAt!.Value.UtcDateTime:u}"
                    )
                )
                {
                    Create(crmInstance, ExportStartAt.Value);
                }
            });
        }
    }

    private void Create(CrmInstanceUrn crmInstance, DateTimeOffset startAt) =>
        OutputResults(
            (diagnostics, cancellationToken) =>
                DeferredDiagnostics.CreateAsync(
                    (deferred, token) => Client.CrmValidation.CreateAsync(crmInstance, startAt, deferred, token),
                    diagnostics,
                    cancellationToken
                )
        );

    private void ContinueFromCheckpoint(CrmInstanceUrn crmInstance)
    {
        if (
            !ShouldProcess(
                crmInstance.ToString(),
                "Create a CRM validation export job, or go on with the one that the checkpoint waits for"
            )
        )
        {
            return;
        }

        OpenCheckpoint();
        IncrementalExportService exports = Client.CreateIncrementalExports(Checkpoint);
        OutputResults(
            (diagnostics, cancellationToken) =>
                exports.ContinueCrmValidationAsync(crmInstance, ExportStartAt, Overlap, Force, diagnostics, cancellationToken)
        );
    }
}
