using System.Management.Automation;
using LinkedInExports.Core;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Gets the progress of a ledger's sync: the results of the last run, the requests of the day, and when the next run can
/// continue. Does not need a connection, and works during a run.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CandidateResumeSync", HelpUri = HelpLinks.GetCandidateResumeSync)]
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

    /// <summary>The time of the current connection, which can be connected to an emulator with a faster clock.</summary>
    private static DateTimeOffset Now => (CurrentConnection.Current?.Client as LinkedInClient)?.Now ?? DateTimeOffset.UtcNow;

    protected override void ProcessRecord()
    {
        foreach (string path in LedgerPath)
        {
            CaptureError(() =>
            {
                string folder = FilePaths.ResolveFolder(this, path);
                if (!Result)
                {
                    WriteObject(CandidateResumeClient.ReadLedger(folder, Now));
                    return;
                }

                foreach (ResumeSyncResult result in CandidateResumeClient.ReadResults(folder, CancelToken))
                    WriteObject(result);
            });
        }
    }
}
