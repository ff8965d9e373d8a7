using System.Management.Automation;
using LinkedInExports.Base;
using LinkedInExports.Completers;
using LinkedInExports.Core.Exports.Sales;
using LinkedInExports.Transforms;

namespace LinkedInExports.Commands;

/// <summary>
/// Has LinkedIn export what the seat holders of contracts did, what came of it, or who they are, for any period (tutorial
/// "Exporting User Activity"). Outputs a job for each contract, type and slice of at most 90 days.
/// </summary>
[Cmdlet(VerbsCommon.New, "SalesAnalyticsExportJob", SupportsShouldProcess = true, HelpUri = LinkedInDocs.SalesAnalyticsExportJobs)]
[OutputType(typeof(SalesAnalyticsExportJob))]
public sealed class NewSalesAnalyticsExportJobCommand : ConnectedCommand
{
    private Period? _period;

    /// <summary>The contracts, as numbers, as URNs, or as Get-SalesContract lists them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
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
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet(nameof(ExportKind.Activity), nameof(ExportKind.Seat), nameof(ExportKind.ActivityOutcome))]
    [ValidateNotNullOrEmpty]
    public ExportKind[] ExportType { get; set; } = [];

    /// <summary>The start of the period. A date alone begins at midnight UTC; a time without an offset is local.</summary>
    [Parameter(Mandatory = true)]
    [UtcDay]
    public DateTimeOffset StartAt { get; set; }

    /// <summary>
    /// The end of the period. A date alone means through that day, UTC. An instant belongs to the period, unless it is
    /// midnight UTC: there the next day begins.
    /// </summary>
    [Parameter(Mandatory = true)]
    [UtcDay(Through = true)]
    public DateTimeOffset EndAt { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            var period = Period.Of(StartAt, EndAt, now);
            if (period.IsRecent(now))
                WriteWarning("LinkedIn renews its data once a day, so what happened in the last 24 hours may be missing from the export.");
            if (!period.IsWholeDays)
                WriteWarning($"The period {period.StartAt.UtcDateTime:u} to {period.EndAt.UtcDateTime:u} is not made of whole days in UTC, which LinkedIn recommends.");
            _period = period;
        }
        catch (LinkedInException failure)
        {
            Terminate(failure);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string contract in Contract)
        {
            Guard(() =>
            {
                string urn = ContractUrn.Parse(contract);
                if (HasReportingAccess == false)
                {
                    throw new LinkedInException(
                        LinkedInErrorId.NoReportingAccess, $"The member may not export the data of {urn}: that takes a reporting or administrator role on it.")
                    { Target = urn };
                }

                CreateAll(urn);
            });
        }
    }

    private void CreateAll(string contract)
    {
        foreach (ExportKind kind in ExportType)
        {
            foreach (Period slice in _period!.Slices())
            {
                string what = $"Create an export job for {kind} data from {slice.StartAt.UtcDateTime:u} to {slice.EndAt.UtcDateTime:u}";
                if (!ShouldProcess(contract, what))
                    continue;

                LinkedInException? failure = Run(async (messages, stop) => messages.Output(
                    await Client.SalesAnalytics.CreateAsync(kind, contract, slice, messages, stop).ConfigureAwait(false)));

                // What LinkedIn refuses for one slice it refuses for all.
                if (failure?.Id is LinkedInErrorId.AccessDenied or LinkedInErrorId.NotFound or LinkedInErrorId.TokenRefused)
                    return;
            }
        }
    }
}
