using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Waits for export jobs and outputs each one as soon as it is completed. A job that failed or exceeds the timeout is reported
/// as an error.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "ExportJob", HelpUri = HelpLinks.WaitExportJob)]
[OutputType(typeof(CrmValidationExportJob), typeof(SalesAnalyticsExportJob))]
public sealed class WaitExportJobCommand : BackgroundCommand<ExportJob, ExportJob>
{
    private ExportWaiter? _waiter;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = ParameterHelp.WaitExportJob.InputObject)]
    [ValidateNotNullOrEmpty]
    public ExportJob[] InputObject { get; set; } = [];

    [Parameter(HelpMessage = ParameterHelp.WaitExportJob.Timeout)]
    [Seconds(0)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromHours(WaitOptions.DefaultTimeoutHours);

    [Parameter(HelpMessage = ParameterHelp.WaitExportJob.StopAfter)]
    [Seconds(0)]
    public TimeSpan? StopAfter { get; set; }

    [Parameter(HelpMessage = ParameterHelp.WaitExportJob.PollInterval)]
    [Seconds(0.1)]
    public TimeSpan? PollInterval { get; set; }

    [Parameter(HelpMessage = ParameterHelp.WaitExportJob.SplitOversized)]
    public SwitchParameter SplitOversized { get; set; }

    private protected override CommandItem? SummaryItem => CommandItem.Job;

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

    private protected override IEnumerable<ExportJob> GetInput() => InputObject;

    private protected override IAsyncEnumerable<ExportJob> ProcessAsync(
        IAsyncEnumerable<ExportJob> input,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) => _waiter!.WaitAsync(input, diagnostics, cancellationToken);
}
