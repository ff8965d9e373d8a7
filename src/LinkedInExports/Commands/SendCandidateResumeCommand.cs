using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.Output;
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
    DefaultParameterSetName = PathSet,
    SupportsShouldProcess = true,
    HelpUri = LinkedInDocs.CandidateResumes
)]
[OutputType(typeof(UploadedResume))]
public sealed class SendCandidateResumeCommand : BackgroundCommand<string, UploadedResume>
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private ResumeUploader? _uploader;

    /// <summary>
    /// The files: PDF, DOC or TXT of 10 MB at most. Wildcards are expanded, unless a file has exactly that name.
    /// </summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.SendCandidateResume.Path
    )]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, with every character taken as it is.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.SendCandidateResume.LiteralPath
    )]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The Recruiter contract: its number or its URN.</summary>
    [Parameter(Mandatory = true, HelpMessage = ParameterHelp.SendCandidateResume.Contract)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecruiterContractCompleter))]
    public string Contract { get; set; } = "";

    /// <summary>
    /// How long LinkedIn keeps the files; for ever by default. A time span, a number with a unit such as '6 months', or a bare
    /// number of seconds.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.SendCandidateResume.RetainFor)]
    [Retention]
    [ArgumentCompleter(typeof(RetentionCompleter))]
    public RetentionPeriod? RetainFor { get; set; }

    /// <summary>How many files are uploaded at a time.</summary>
    [Parameter(HelpMessage = ParameterHelp.SendCandidateResume.ThrottleLimit)]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _uploader = Client.CandidateResumes.CreateUploader(RecruiterContractUrn.Parse(Contract), RetainFor, ThrottleLimit);
        SessionHistory.Current.RememberRecruiterContract(Contract);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<string> GetInput()
    {
        IEnumerable<string> files =
            ParameterSetName == LiteralPathSet
                ? FilePaths.ResolveLiteral(this, LiteralPath)
                : FilePaths.ResolveWildcards(this, Path);
        return files.Where(file => ShouldProcess(file, "Upload to LinkedIn"));
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<UploadedResume> ProcessAsync(
        IAsyncEnumerable<string> input,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) => _uploader!.UploadAsync(input, diagnostics, cancellationToken);
}
