using System.Management.Automation;
using LinkedInExports.Completion;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Urns;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Removes candidates' resumes at LinkedIn. The outcome of a resume that LinkedIn does not have is Unchanged. With the ledger
/// of the sync, the removals are recorded there.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "CandidateResume",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.RemoveCandidateResume
)]
[OutputType(typeof(ResumeSyncResult))]
public sealed class RemoveCandidateResumeCommand : CandidateResumeCommand
{
    private readonly List<(string CandidateId, string ResumeId)> _resumes = [];

    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.Shared.CandidateId
    )]
    [Alias("TcrmCandidateId")]
    [AllowNull]
    [AllowEmptyString]
    public string? CandidateId { get; set; }

    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.Shared.ResumeId
    )]
    [Alias("TcrmResumeId")]
    [AllowNull]
    [AllowEmptyString]
    public string? ResumeId { get; set; }

    [Parameter(HelpMessage = ParameterHelp.RemoveCandidateResume.Force)]
    public SwitchParameter Force { get; set; }

    private protected override CommandItem? SummaryItem => CommandItem.Resume;

    protected override void ProcessRecord()
    {
        bool isConfirmed = Force && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm");
        if (isConfirmed || ShouldProcess($"candidate '{CandidateId}', resume '{ResumeId}'", RemovalAction))
            _resumes.Add((CandidateId ?? "", ResumeId ?? ""));
    }

    private protected override void OnEnd()
    {
        if (_resumes.Count == 0)
            return;
        OutputResults(
            (diagnostics, cancellationToken) =>
                Client.CandidateResumes.RemoveAsync(
                    [.. _resumes.Select(resume => new ResumeKey(Organization.ToString(), resume.CandidateId, resume.ResumeId))],
                    LedgerFolder,
                    diagnostics,
                    cancellationToken
                )
        );
    }
}
