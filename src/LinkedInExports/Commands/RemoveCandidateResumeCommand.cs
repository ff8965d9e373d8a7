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
    HelpUri = LinkedInDocs.CandidateResumes
)]
[OutputType(typeof(ResumeSyncResult))]
public sealed class RemoveCandidateResumeCommand : ConnectedCommand
{
    private readonly List<(string CandidateId, string ResumeId)> _resumes = [];
    private string _integrationContext = "";
    private string? _ledgerPath;

    /// <summary>The candidate's id in the CRM.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.RemoveCandidateResume.CandidateId
    )]
    [Alias("TcrmCandidateId")]
    [AllowNull]
    [AllowEmptyString]
    public string? CandidateId { get; set; }

    /// <summary>The resume's id in the CRM.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.RemoveCandidateResume.ResumeId
    )]
    [Alias("TcrmResumeId")]
    [AllowNull]
    [AllowEmptyString]
    public string? ResumeId { get; set; }

    /// <summary>The company that LinkedIn named at onboarding: its number or its URN.</summary>
    [Parameter(Mandatory = true, HelpMessage = ParameterHelp.RemoveCandidateResume.IntegrationContext)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IntegrationContextCompleter))]
    public string IntegrationContext { get; set; } = "";

    /// <summary>Specifies the folder of the sync's ledger, in which the removals are recorded.</summary>
    [Parameter(HelpMessage = ParameterHelp.RemoveCandidateResume.LedgerPath)]
    [ValidateNotNullOrEmpty]
    public string? LedgerPath { get; set; }

    /// <summary>Suppresses the confirmation prompt.</summary>
    [Parameter(HelpMessage = ParameterHelp.RemoveCandidateResume.Force)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _integrationContext = OrganizationUrn.Parse(IntegrationContext).ToString();
        SessionHistory.Current.RememberIntegrationContext(IntegrationContext);
        _ledgerPath = LedgerPath is null ? null : FilePaths.ResolveFolder(this, LedgerPath);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isConfirmed = Force && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm");
        if (isConfirmed || ShouldProcess($"candidate '{CandidateId}', resume '{ResumeId}'", "Remove the resume at LinkedIn"))
            _resumes.Add((CandidateId ?? "", ResumeId ?? ""));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_resumes.Count == 0)
            return;
        OutputResults(
            (diagnostics, cancellationToken) =>
                Client.CandidateResumes.RemoveAsync(
                    [.. _resumes.Select(resume => new ResumeKey(_integrationContext, resume.CandidateId, resume.ResumeId))],
                    _ledgerPath,
                    diagnostics,
                    cancellationToken
                )
        );
    }
}
