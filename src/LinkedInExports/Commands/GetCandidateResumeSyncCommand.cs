using System.Management.Automation;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Outputs how far the sync of a ledger is: what became of the last run's input, the requests of the day, and when work can
/// go on. Needs no connection, and works while the sync runs.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CandidateResumeSync", HelpUri = LinkedInDocs.CandidateResumes)]
[OutputType(typeof(CandidateResumeSync), typeof(ResumeSyncResult))]
public sealed class GetCandidateResumeSyncCommand : LinkedInCommand
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.GetCandidateResumeSync.LedgerPath
    )]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LedgerPath { get; set; } = [];

    [Parameter(HelpMessage = ParameterHelp.GetCandidateResumeSync.Result)]
    public SwitchParameter Result { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in LedgerPath)
        {
            CaptureError(() =>
            {
                string folder = FilePaths.ResolveFolder(this, path);
                if (!Result)
                {
                    WriteObject(CandidateResumeClient.ReadLedger(folder, DateTimeOffset.UtcNow));
                    return;
                }

                foreach (ResumeSyncResult result in CandidateResumeClient.ReadResults(folder, CancelToken))
                    WriteObject(result);
            });
        }
    }
}
