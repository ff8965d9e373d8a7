using System.ComponentModel;
using System.Management.Automation;
using LinkedInExports.Core.Checkpoints;

namespace LinkedInExports.Infrastructure;

/// <summary>A command that creates export jobs, for a period or from the watermark of a checkpoint.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ExportJobCreationCommand : ConnectedCommand
{
    private protected const string PeriodSet = "Period";
    private protected const string CheckpointSet = "Checkpoint";

    [Parameter(Mandatory = true, ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.Shared.CheckpointPath)]
    [ValidateNotNullOrEmpty]
    public string CheckpointPath { get; set; } = "";

    [Parameter(ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.Shared.Force)]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether the export continues from a checkpoint.</summary>
    private protected bool HasCheckpoint => ParameterSetName == CheckpointSet;

    private protected override void OnBegin()
    {
        base.OnBegin();
        if (HasCheckpoint)
            SetCheckpoint(CheckpointPath);
    }

    /// <summary>Locks the checkpoint, and returns the exports that continue from it.</summary>
    private protected IncrementalExportService OpenIncrementalExports()
    {
        OpenCheckpoint();
        return Client.CreateIncrementalExports(Checkpoint);
    }
}
