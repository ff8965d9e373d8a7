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
/// Has LinkedIn export what the seat holders of contracts did, what came of it, or who they are, for any period (tutorial
/// "Exporting User Activity"). Outputs a job for each contract, type and slice of at most 90 days. With a checkpoint each
/// export starts where the one before ended, and a run that died goes on with its jobs.
/// </summary>
[Cmdlet(
    VerbsCommon.New,
    "SalesAnalyticsExportJob",
    SupportsShouldProcess = true,
    DefaultParameterSetName = PeriodSet,
    HelpUri = LinkedInDocs.SalesAnalyticsExportJobs
)]
[OutputType(typeof(SalesAnalyticsExportJob))]
public sealed class NewSalesAnalyticsExportJobCommand : ConnectedCommand
{
    private const string PeriodSet = "Period";
    private const string CheckpointSet = "Checkpoint";

    private Period? _period;

    /// <summary>The contracts, as numbers, as URNs, or as Get-SalesContract lists them.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.Contract
    )]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContractCompleter))]
    public string[] Contract { get; set; } = [];

    /// <summary>
    /// Comes with a contract that Get-SalesContract lists: one without reporting access is reported before anything is
    /// asked of LinkedIn.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public bool? HasReportingAccess { get; set; }

    /// <summary>What to export.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.ExportType)]
    [ValidateSet(
        nameof(LinkedInExports.ExportType.Activity),
        nameof(LinkedInExports.ExportType.Seat),
        nameof(LinkedInExports.ExportType.ActivityOutcome)
    )]
    [ValidateNotNullOrEmpty]
    public ExportType[] ExportType { get; set; } = [];

    /// <summary>
    /// The start of the period. A date alone begins at midnight UTC; a time without an offset is local. With a checkpoint it
    /// is where the first export starts; later ones start where it says, whatever stands here.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = PeriodSet, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.StartAt)]
    [Parameter(ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.StartAt)]
    [UtcDate]
    public DateTimeOffset? StartAt { get; set; }

    /// <summary>
    /// The end of the period. A date alone means through that day, UTC. An instant belongs to the period, unless it is
    /// midnight UTC: there the next day begins. With a checkpoint it is by default, and at most, the last whole day, UTC, that
    /// ended 24 hours ago: LinkedIn may not have all of what comes after, and it would never be asked for again.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = PeriodSet, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.EndAt)]
    [Parameter(ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.EndAt)]
    [UtcDate(EndOfDay = true)]
    public DateTimeOffset? EndAt { get; set; }

    /// <summary>
    /// A file that remembers, for any number of contracts and types, which jobs are under way and where the next export
    /// starts. Give it to Save-ExportFile as well, which moves it on when all files are safe on the disk.
    /// </summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = CheckpointSet,
        HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.CheckpointPath
    )]
    [ValidateNotNullOrEmpty]
    public string CheckpointPath { get; set; } = "";

    /// <summary>Creates jobs even where an earlier run may have created some whose ids are not known.</summary>
    [Parameter(ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.Force)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (ParameterSetName == CheckpointSet)
        {
            SetCheckpoint(CheckpointPath);
            return;
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        var period = Period.Create(StartAt!.Value, EndAt!.Value, now);
        if (period.IsRecent(now))
        {
            WriteWarning(
                "LinkedIn renews its data once a day, so what happened in the last 24 hours may be missing from the export."
            );
        }

        if (!period.IsWholeDays)
        {
            WriteWarning(
                $"The period {period.StartAt.UtcDateTime:u} to {period.EndAt.UtcDateTime:u} is not made of whole days in "
                    + "UTC, which LinkedIn recommends."
            );
        }

        _period = period;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string text in Contract)
        {
            CaptureError(() =>
            {
                ContractUrn contract = ContractUrn.Parse(text);
                if (HasReportingAccess == false)
                {
                    throw new LinkedInException(
                        LinkedInErrorId.NoReportingAccess,
                        $"The member may not export the data of {contract}: this requires a reporting or administrator role "
                            + "on the contract."
                    )
                    {
                        Target = contract.ToString(),
                    };
                }

                foreach (ExportType exportType in ExportType)
                {
                    if (
                        !(
                            ParameterSetName == CheckpointSet
                                ? TryContinueFromCheckpoint(contract, exportType)
                                : TryCreateAll(contract, exportType)
                        )
                    )
                    {
                        return;
                    }
                }
            });
        }
    }

    private bool TryCreateAll(ContractUrn contract, ExportType exportType)
    {
        foreach (Period slice in _period!.GetSlices())
        {
            string what =
                $"Create an export job for {exportType} data from {slice.StartAt.UtcDateTime:u} to {slice.EndAt.UtcDateTime:u}";
            if (!ShouldProcess(contract.ToString(), what))
                continue;

            LinkedInException? failure = OutputResults(
                (diagnostics, cancellationToken) =>
                    DeferredDiagnostics.CreateAsync(
                        (deferred, token) => Client.SalesAnalytics.CreateAsync(exportType, contract, slice, deferred, token),
                        diagnostics,
                        cancellationToken
                    )
            );
            if (IsFatalForContract(failure))
                return false;
        }

        return true;
    }

    private bool TryContinueFromCheckpoint(ContractUrn contract, ExportType exportType)
    {
        if (
            !ShouldProcess(
                contract.ToString(),
                $"Create export jobs for {exportType} data, and go on with those that the checkpoint waits for"
            )
        )
        {
            return true;
        }

        OpenCheckpoint();
        IncrementalExportService exports = Client.CreateIncrementalExports(Checkpoint);
        return !IsFatalForContract(
            OutputResults(
                (diagnostics, cancellationToken) =>
                    exports.ContinueSalesAnalyticsAsync(
                        exportType,
                        contract,
                        StartAt,
                        EndAt,
                        Force,
                        diagnostics,
                        cancellationToken
                    )
            )
        );
    }

    /// <summary>
    /// Whether the same error would follow for the other slices and types. A job whose id is missing must not be created again.
    /// </summary>
    private static bool IsFatalForContract(LinkedInException? failure) =>
        failure?.Id
            is LinkedInErrorId.AccessDenied
                or LinkedInErrorId.NotFound
                or LinkedInErrorId.TokenRejected
                or LinkedInErrorId.JobIdMissing;
}
