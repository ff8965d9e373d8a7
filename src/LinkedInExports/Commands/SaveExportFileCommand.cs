using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Saves the files of completed export jobs. A file gets its final name only after it is complete and verified. A file that
/// exists and is valid is not downloaded again. A file that differs from LinkedIn's documentation is saved and reported.
/// </summary>
[Cmdlet(VerbsData.Save, "ExportFile", SupportsShouldProcess = true, HelpUri = HelpLinks.SaveExportFile)]
[OutputType(typeof(SavedExportFile))]
public sealed class SaveExportFileCommand : BackgroundCommand<ExportJob, SavedExportFile>, IHeartbeatReceiver<ExportJob>
{
    private ExportSaver? _saver;
    private string _destination = "";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = ParameterHelp.SaveExportFile.InputObject)]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public ExportJob[] InputObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, HelpMessage = ParameterHelp.SaveExportFile.Destination)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.ThrottleLimit)]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = SaveOptions.DefaultThrottleLimit;

    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.Force)]
    public SwitchParameter Force { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.StopAfter)]
    [Seconds(0)]
    public TimeSpan? StopAfter { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.AcceptUnrecognized)]
    public SwitchParameter AcceptUnrecognized { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.CheckpointPath)]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    private protected override CommandItem? SummaryItem => CommandItem.File;

    private protected override void OnBegin()
    {
        base.OnBegin();
        if (CheckpointPath is not null)
            SetCheckpoint(CheckpointPath);
        _destination = FilePaths.ResolveFolder(this, Destination);
        var options = new SaveOptions
        {
            Destination = _destination,
            ThrottleLimit = ThrottleLimit,
            Force = Force,
            StopAfter = StopAfter,
            AcceptUnrecognized = AcceptUnrecognized,
        };
        _saver = Client.CreateSaver(options, CheckpointPath is null ? null : new CheckpointObserver(this));
    }

    private protected override IEnumerable<ExportJob> GetInput()
    {
        foreach (ExportJob job in InputObject)
        {
            if (!ShouldProcess(_destination, $"Save the files of {job}"))
                continue;
            if (CheckpointPath is not null)
                OpenCheckpoint(); // Here, because workers do not run in the runspace that owns the lock.
            yield return job;
        }
    }

    private protected override IAsyncEnumerable<SavedExportFile> ProcessAsync(
        IAsyncEnumerable<ExportJob> input,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) => _saver!.SaveAsync(input, diagnostics, cancellationToken);

    /// <summary>Moves the watermark of the command's checkpoint, which is opened with the first job.</summary>
    private sealed class CheckpointObserver(SaveExportFileCommand command) : ISavedJobObserver
    {
        public void MarkSaved(ExportJob job, IDiagnostics diagnostics) => command.Checkpoint.MarkSaved(job, diagnostics);
    }
}
