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
[Cmdlet(VerbsData.Save, "ExportFile", SupportsShouldProcess = true, HelpUri = LinkedInDocs.AnalyticsDesign)]
[OutputType(typeof(SavedExportFile))]
public sealed class SaveExportFileCommand : BackgroundCommand<ExportJob, SavedExportFile>
{
    private ExportSaver? _saver;
    private string _destination = "";

    /// <summary>The jobs; of any kind, also from a file or another session.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = ParameterHelp.SaveExportFile.InputObject)]
    [ValidateNotNullOrEmpty]
    public ExportJob[] InputObject { get; set; } = [];

    /// <summary>The folder for the files; made when it is not there.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = ParameterHelp.SaveExportFile.Destination)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>How many files are downloaded at a time.</summary>
    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.ThrottleLimit)]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Fetches the files again and writes over whatever has their names.</summary>
    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.Force)]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Specifies how long the command runs at most, for all files together, as a time span or in seconds. What is not saved by
    /// then is an error, and the next run saves it.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.StopAfter)]
    [Seconds(0)]
    public TimeSpan? StopAfter { get; set; }

    /// <summary>
    /// Counts a job as saved for the checkpoint also when its files differ from LinkedIn's documentation. Such files are saved in
    /// any case.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.AcceptUnrecognized)]
    public SwitchParameter AcceptUnrecognized { get; set; }

    /// <summary>
    /// The checkpoint that the jobs were created by. A job is done with, and the next export starts where it ended, when all of
    /// its files are safe on the disk, and not before.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.SaveExportFile.CheckpointPath)]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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
