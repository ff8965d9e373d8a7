using System.Management.Automation;
using LinkedInExports.Completion;
using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Gets the jobs that were created, requested or saved on this machine, in their last known state, the newest first.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ExportJob", HelpUri = HelpLinks.GetExportJob)]
[OutputType(typeof(CrmValidationExportJob), typeof(SalesAnalyticsExportJob))]
public sealed class GetExportJobCommand : ConnectedCommand
{
    [Parameter(Position = 0, HelpMessage = ParameterHelp.GetExportJob.JobId)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public long[] JobId { get; set; } = [];

    [Parameter(HelpMessage = ParameterHelp.GetExportJob.Refresh)]
    public SwitchParameter Refresh { get; set; }

    private protected override void OnBegin()
    {
        if (Refresh || IsConnected)
            base.OnBegin();
    }

    private protected override void OnEnd()
    {
        if (UserData.Folder is not { } folder)
        {
            WriteWarning(
                "There is no job history: the environment variable LINKEDINEXPORTS_DATA is 'off', or this user has no folder "
                    + "for application data."
            );
            return;
        }

        var history = JobHistory.Get(folder);
        var filter = new JobHistoryFilter(Refresh || IsConnected ? Client.BaseUri.Authority : null, JobId);
        if (Refresh && !TryRefresh(history, filter))
            return;
        CaptureError(() =>
        {
            foreach (ExportJob job in history.GetJobs(filter, Output))
                WriteObject(WithListView(job));
        });
    }

    private bool TryRefresh(JobHistory history, JobHistoryFilter filter) =>
        RunInBackground((diagnostics, token) => history.RefreshAsync(Client.Jobs, filter, diagnostics, token)) is null;

    /// <summary>Selects the view of a list with both types of jobs.</summary>
    private static PSObject WithListView(ExportJob job)
    {
        var item = PSObject.AsPSObject(job);
        item.TypeNames.Insert(0, typeof(ExportJob).FullName);
        return item;
    }
}
