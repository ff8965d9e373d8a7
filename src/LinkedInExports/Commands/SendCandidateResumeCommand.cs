using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Urns;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Uploads resume files to LinkedIn. Sync-CandidateResume links them to candidates; it can also upload the files itself.
/// </summary>
[Cmdlet(
    VerbsCommunications.Send,
    "CandidateResume",
    DefaultParameterSetName = FilePaths.PathSet,
    SupportsShouldProcess = true,
    HelpUri = HelpLinks.SendCandidateResume
)]
[OutputType(typeof(UploadedResume))]
public sealed class SendCandidateResumeCommand : BackgroundCommand<string, UploadedResume>
{
    private ResumeUploader? _uploader;

    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = FilePaths.PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.SendCandidateResume.Path
    )]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    [Parameter(
        Mandatory = true,
        ParameterSetName = FilePaths.LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.SendCandidateResume.LiteralPath
    )]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, HelpMessage = ParameterHelp.SendCandidateResume.Contract)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecruiterContractCompleter))]
    public string Contract { get; set; } = "";

    [Parameter(HelpMessage = ParameterHelp.SendCandidateResume.RetainFor)]
    [Retention]
    [ArgumentCompleter(typeof(RetentionCompleter))]
    public RetentionPeriod? RetainFor { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SendCandidateResume.ThrottleLimit)]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = ResumeSyncOptions.DefaultThrottleLimit;

    private protected override CommandItem? SummaryItem => CommandItem.Resume;

    private protected override void OnBegin()
    {
        base.OnBegin();
        _uploader = Client.CandidateResumes.CreateUploader(RecruiterContractUrn.Parse(Contract), RetainFor, ThrottleLimit);
        SessionHistory.Current.RememberRecruiterContract(Contract);
    }

    private protected override IEnumerable<string> GetInput() =>
        FilePaths.Resolve(this, Path, LiteralPath, Output.Error).Where(file => ShouldProcess(file, "Upload to LinkedIn"));

    private protected override IAsyncEnumerable<UploadedResume> ProcessAsync(
        IAsyncEnumerable<string> input,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) => _uploader!.UploadAsync(input, diagnostics, cancellationToken);
}
