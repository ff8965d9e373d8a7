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
/// Creates export jobs of the activities, outcomes or seats of contracts for any period (tutorial "Exporting User Activity").
/// Outputs a job for each contract, type and slice of at most 90 days. With a checkpoint, each export starts where the previous
/// one ended, and an interrupted run continues with its jobs.
/// </summary>
[Cmdlet(
    VerbsCommon.New,
    "SalesAnalyticsExportJob",
    SupportsShouldProcess = true,
    DefaultParameterSetName = PeriodSet,
    HelpUri = HelpLinks.NewSalesAnalyticsExportJob
)]
[OutputType(typeof(SalesAnalyticsExportJob))]
public sealed class NewSalesAnalyticsExportJobCommand : ExportJobCreationCommand
{
    private Period? _period;

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

    // A contract of Get-SalesContract without reporting access is rejected before a request.
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public bool? HasReportingAccess { get; set; }

    [Parameter(Mandatory = true, Position = 1, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.ExportType)]
    [AnalyticsExportType]
    [ValidateSet(
        nameof(LinkedInExports.ExportType.Activity),
        nameof(LinkedInExports.ExportType.Seat),
        nameof(LinkedInExports.ExportType.ActivityOutcome)
    )]
    [ValidateNotNullOrEmpty]
    public ExportType[] ExportType { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = PeriodSet, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.StartAt)]
    [Parameter(ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.StartAt)]
    [UtcDate]
    public DateTimeOffset? StartAt { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = PeriodSet, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.EndAt)]
    [Parameter(ParameterSetName = CheckpointSet, HelpMessage = ParameterHelp.NewSalesAnalyticsExportJob.EndAt)]
    [UtcDate(EndOfDay = true)]
    public DateTimeOffset? EndAt { get; set; }

    private protected override void OnBegin()
    {
        base.OnBegin();
        if (HasCheckpoint)
            return;

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
                $"The period {period.StartAt.UtcDateTime:u} to {period.EndAt.UtcDateTime:u} does not consist of complete days in "
                    + "UTC, which LinkedIn recommends."
            );
        }

        _period = period;
    }

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
                    if (!(HasCheckpoint ? TryContinueFromCheckpoint(contract, exportType) : TryCreateAll(contract, exportType)))
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
            string action =
                $"Create an export job for {exportType} data from {slice.StartAt.UtcDateTime:u} to {slice.EndAt.UtcDateTime:u}";
            if (!ShouldProcess(contract.ToString(), action))
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
                $"Create export jobs for {exportType} data, and continue with the pending jobs of the checkpoint"
            )
        )
        {
            return true;
        }

        IncrementalExportService exports = OpenIncrementalExports();
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
