using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Urns;
using LinkedInExports.Infrastructure;
using LinkedInExports.Text;

namespace LinkedInExports.Commands;

/// <summary>
/// Brings candidates' resumes in sync with LinkedIn: uploads what is new or changed and ties it to its candidate, within
/// LinkedIn's limits. Everything is read before anything is sent. With a ledger, a run that ended early goes on where it
/// was, and what is in sync costs no request.
/// </summary>
[Cmdlet(VerbsData.Sync, "CandidateResume", SupportsShouldProcess = true, HelpUri = LinkedInDocs.CandidateResumes)]
[OutputType(typeof(ResumeSyncResult))]
public sealed class SyncCandidateResumeCommand : ConnectedCommand
{
    private const string RemovalAction = "Remove the resume at LinkedIn";

    private ResumeSync? _sync;
    private int _count;

    /// <summary>The candidate's id in the CRM.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.SyncCandidateResume.CandidateId
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
        HelpMessage = ParameterHelp.SyncCandidateResume.ResumeId
    )]
    [Alias("TcrmResumeId")]
    [AllowNull]
    [AllowEmptyString]
    public string? ResumeId { get; set; }

    /// <summary>
    /// When the record was created in the CRM: a date, its ISO 8601 form (UTC where it has no zone), or milliseconds since
    /// 1970.
    /// </summary>
    [Parameter(
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.SyncCandidateResume.CreatedAt
    )]
    [Alias("TcrmCreatedAt")]
    [AllowNull]
    [AllowEmptyString]
    public object? CreatedAt { get; set; }

    /// <summary>The resume: a PDF, DOC or TXT file of 10 MB at most, every character of its name taken as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = ParameterHelp.SyncCandidateResume.Path)]
    [Alias("FullName", "LiteralPath")]
    [AllowNull]
    [AllowEmptyString]
    public string? Path { get; set; }

    /// <summary>LinkedIn's name of a file that Send-CandidateResume has uploaded, instead of a path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = ParameterHelp.SyncCandidateResume.ResumeFile)]
    [AllowNull]
    [AllowEmptyString]
    public string? ResumeFile { get; set; }

    /// <summary>The company that LinkedIn named at onboarding: its number or its URN.</summary>
    [Parameter(Mandatory = true, HelpMessage = ParameterHelp.SyncCandidateResume.IntegrationContext)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IntegrationContextCompleter))]
    public string IntegrationContext { get; set; } = "";

    /// <summary>The Recruiter contract that files are uploaded for: its number or its URN.</summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.Contract)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecruiterContractCompleter))]
    public string? Contract { get; set; }

    /// <summary>
    /// The folder that remembers what is in sync; made when it is not there. Without it, everything is sent each time.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.LedgerPath)]
    [ValidateNotNullOrEmpty]
    public string? LedgerPath { get; set; }

    /// <summary>Records in a request.</summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.BatchSize)]
    [ValidateRange(1, 100)]
    public int BatchSize { get; set; } = 100;

    /// <summary>How many files are read and uploaded at a time.</summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.ThrottleLimit)]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>
    /// How long LinkedIn keeps the files; for ever by default. A time span, a number with a unit such as '6 months', or a bare
    /// number of seconds.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.RetainFor)]
    [Retention]
    [ArgumentCompleter(typeof(RetentionCompleter))]
    public RetentionPeriod? RetainFor { get; set; }

    /// <summary>Sends resumes again although they are in sync: those whose files LinkedIn has deleted, or all.</summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.Resend)]
    public ResumeResend? Resend { get; set; }

    /// <summary>Removes the records at LinkedIn that the ledger has and the input has not any more. Needs a ledger.</summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.RemoveMissing)]
    public SwitchParameter RemoveMissing { get; set; }

    /// <summary>
    /// How many records -RemoveMissing removes at most: a number, or a percentage of the ledger, rounded up. If more are missing,
    /// none is removed.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.MaxRemovals)]
    [ValidateNotNull]
    public RemovalLimit MaxRemovals { get; set; } = RemovalLimit.Default;

    /// <summary>Whether a query that is longer than a URL may be goes in the body of a POST request.</summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.QueryTunneling)]
    public QueryTunneling QueryTunneling { get; set; }

    /// <summary>Waits for the next day (UTC) when the requests of one are used up, instead of leaving the rest pending.</summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.WaitForQuota)]
    public SwitchParameter WaitForQuota { get; set; }

    /// <summary>
    /// The time after which no record is begun, as a time span or in seconds. The command ends half a minute later at the
    /// latest, and what is left is pending.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.StopAfter)]
    [Seconds(0)]
    public TimeSpan? StopAfter { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _sync = Client.CandidateResumes.CreateSync(
            new ResumeSyncOptions
            {
                IntegrationContext = OrganizationUrn.Parse(IntegrationContext),
                Contract = Contract is null ? null : RecruiterContractUrn.Parse(Contract),
                LedgerPath = LedgerPath is null ? null : FilePaths.ResolveFolder(this, LedgerPath),
                BatchSize = BatchSize,
                ThrottleLimit = ThrottleLimit,
                RetainFor = RetainFor,
                Resend = Resend,
                MaxRemovals = RemoveMissing ? MaxRemovals : null,
                QueryTunneling = QueryTunneling,
                IsPlanOnly = IsWhatIf,
                WaitForQuota = WaitForQuota,
                StopAfter = StopAfter,
            }
        );
        SessionHistory.Current.RememberIntegrationContext(IntegrationContext);
        SessionHistory.Current.RememberRecruiterContract(Contract);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RunOrTerminate(() =>
            _sync!.Add(
                new ResumeInput
                {
                    CandidateId = CandidateId,
                    ResumeId = ResumeId,
                    CreatedAt = CreatedAt is PSObject wrapped ? wrapped.BaseObject : CreatedAt,
                    Path = string.IsNullOrWhiteSpace(Path) ? null : FilePaths.ResolveOrKeep(this, Path!),
                    ResumeFile = ResumeFile,
                }
            )
        );
        _count++;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (IsWhatIf)
        {
            ResumeSyncPlan? plan = null;
            RunInBackground(
                async (diagnostics, cancellationToken) =>
                    plan = await _sync!.PlanAsync(diagnostics, cancellationToken).ConfigureAwait(false)
            );
            if (plan is null)
                return;
            ShouldProcess(plan.ToString(), plan.ToString(), "Sync-CandidateResume");
            foreach (ResumeKey key in plan.Removals)
            {
                SanitizedText target = $"{key}";
                ShouldProcess(target.ToString(), RemovalAction);
            }

            return;
        }

        if (RemoveMissing)
            RemoveMissingResumes(_sync!);
        if (_count > 0 && ShouldProcess($"{_count} candidate resumes", "Sync to LinkedIn"))
        {
            OutputResults(_sync!.SyncAsync);
        }
    }

    /// <summary>Removes resumes before the sync, which may use up the requests of the day.</summary>
    private void RemoveMissingResumes(ResumeSync sync)
    {
        IReadOnlyList<ResumeKey> missing = [];
        CaptureError(() => missing = sync.FindMissing(CancelToken));
        if (
            missing.Count > 0
            && ShouldProcess($"{missing.Count} candidate resumes that are missing from the input", RemovalAction)
        )
        {
            OutputResults((diagnostics, cancellationToken) => sync.RemoveAsync(missing, diagnostics, cancellationToken));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _sync?.Dispose();
        base.Dispose(disposing);
    }
}
