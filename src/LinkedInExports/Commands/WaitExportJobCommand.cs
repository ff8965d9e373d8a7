using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Waits for export jobs and outputs each one as soon as it is completed. A job that failed, or that takes longer than the
/// time to wait, is reported as an error.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "ExportJob", HelpUri = LinkedInDocs.AnalyticsDesign)]
[OutputType(typeof(CrmValidationExportJob), typeof(SalesAnalyticsExportJob))]
public sealed class WaitExportJobCommand : BackgroundCommand<ExportJob, ExportJob>
{
    private ExportWaiter? _waiter;

    /// <summary>The jobs; of any kind, also from a file or another session.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = ParameterHelp.WaitExportJob.InputObject)]
    [ValidateNotNullOrEmpty]
    public ExportJob[] InputObject { get; set; } = [];

    /// <summary>
    /// How long to wait for each job, as a time span or in seconds; three hours by default. For a job that LinkedIn has queued
    /// behind another it counts from when its turn comes. The job itself goes on.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.WaitExportJob.Timeout)]
    [Seconds(0)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromHours(3);

    /// <summary>
    /// How long this command waits at most, for all jobs together and also for those that LinkedIn has queued, as a time span
    /// or in seconds. The jobs themselves go on.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.WaitExportJob.StopAfter)]
    [Seconds(0)]
    public TimeSpan? StopAfter { get; set; }

    /// <summary>
    /// A fixed pause between two questions about a job, as a time span or in seconds. By default it grows with the time waited,
    /// from five seconds to a minute.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.WaitExportJob.PollInterval)]
    [Seconds(0.1)]
    public TimeSpan? PollInterval { get; set; }

    /// <summary>
    /// Replaces an analytics job whose file would be too large by two jobs for the halves of its period, and waits for
    /// those.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.WaitExportJob.SplitOversized)]
    public SwitchParameter SplitOversized { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _waiter = Client.CreateWaiter(
            new WaitOptions
            {
                Timeout = Timeout,
                StopAfter = StopAfter,
                PollInterval = PollInterval,
                SplitOversized = SplitOversized,
            }
        );
    }

    /// <inheritdoc/>
    private protected override IEnumerable<ExportJob> GetInput() => InputObject;

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<ExportJob> ProcessAsync(
        IAsyncEnumerable<ExportJob> input,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) => _waiter!.WaitAsync(input, diagnostics, cancellationToken);
}
