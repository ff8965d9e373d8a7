using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Urns;
using LinkedInExports.Infrastructure;
using LinkedInExports.Text;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Commands;

/// <summary>
/// Synchronizes candidates' resumes with LinkedIn: uploads new and changed resumes and links them to their candidates,
/// within LinkedIn's quotas. The input is read completely before the first request. With a ledger, an interrupted run
/// is continued, and resumes in sync need no requests.
/// </summary>
[Cmdlet(VerbsData.Sync, "CandidateResume", SupportsShouldProcess = true, HelpUri = HelpLinks.SyncCandidateResume)]
[OutputType(typeof(ResumeSyncResult), typeof(PlannedResume))]
public sealed class SyncCandidateResumeCommand : CandidateResumeCommand
{
    private ResumeSync? _sync;
    private FilePathCache? _paths;
    private int _count;
    private int _removalCount;

    // PowerShell skips an object that it cannot bind. With -RemoveMissing, its resume would be removed, so every object is bound,
    // also one that lacks the properties of a record or has lists as their values. The record is then rejected.

    /// <summary>The record, so that every object of the pipeline is bound.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = ParameterHelp.Shared.CandidateId)]
    [Alias("TcrmCandidateId")]
    [AllowNull]
    [AllowEmptyString]
    [RecordText]
    public string? CandidateId { get; set; }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = ParameterHelp.Shared.ResumeId)]
    [Alias("TcrmResumeId")]
    [AllowNull]
    [AllowEmptyString]
    [RecordText]
    public string? ResumeId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = ParameterHelp.SyncCandidateResume.CreatedAt)]
    [Alias("TcrmCreatedAt")]
    [AllowNull]
    [AllowEmptyString]
    public object? CreatedAt { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = ParameterHelp.SyncCandidateResume.Path)]
    [Alias("FullName", "LiteralPath")]
    [AllowNull]
    [AllowEmptyString]
    [RecordText]
    public string? Path { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = ParameterHelp.SyncCandidateResume.ResumeFile)]
    [AllowNull]
    [AllowEmptyString]
    [RecordText]
    public string? ResumeFile { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.Contract)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecruiterContractCompleter))]
    public string? Contract { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.BatchSize)]
    [ValidateRange(1, ResumeSyncOptions.MaxBatchSize)]
    public int BatchSize { get; set; } = ResumeSyncOptions.MaxBatchSize;

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.ThrottleLimit)]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = ResumeSyncOptions.DefaultThrottleLimit;

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.RetainFor)]
    [Retention]
    [ArgumentCompleter(typeof(RetentionCompleter))]
    public RetentionPeriod? RetainFor { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.Resend)]
    public ResumeResend? Resend { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.Checksum)]
    public SwitchParameter Checksum { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.RemoveMissing)]
    public SwitchParameter RemoveMissing { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.MaxRemovals)]
    [ValidateNotNull]
    public RemovalLimit MaxRemovals { get; set; } = RemovalLimit.Default;

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.QueryTunneling)]
    public QueryTunneling QueryTunneling { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.WaitForQuota)]
    public SwitchParameter WaitForQuota { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.StopAfter)]
    [Seconds(0)]
    public TimeSpan? StopAfter { get; set; }

    [Parameter(HelpMessage = ParameterHelp.SyncCandidateResume.PlanOnly)]
    public SwitchParameter PlanOnly { get; set; }

    private protected override CommandItem? SummaryItem => PlanOnly || IsWhatIf ? null : CommandItem.Resume;

    private protected override void OnBegin()
    {
        base.OnBegin();
        _paths = new FilePathCache(this);
        _sync = Client.CandidateResumes.CreateSync(
            new ResumeSyncOptions
            {
                IntegrationContext = Organization,
                Contract = Contract is null ? null : RecruiterContractUrn.Parse(Contract),
                LedgerPath = LedgerFolder,
                BatchSize = BatchSize,
                ThrottleLimit = ThrottleLimit,
                RetainFor = RetainFor,
                Resend = Resend,
                Checksum = Checksum,
                MaxRemovals = RemoveMissing ? MaxRemovals : null,
                QueryTunneling = QueryTunneling,
                IsPlanOnly = PlanOnly || IsWhatIf,
                WaitForQuota = WaitForQuota,
                StopAfter = StopAfter,
            }
        );
        SessionHistory.Current.RememberRecruiterContract(Contract);
    }

    protected override void ProcessRecord()
    {
        RunOrTerminate(() =>
            _sync!.Add(
                new ResumeInput
                {
                    CandidateId = CandidateId,
                    ResumeId = ResumeId,
                    CreatedAt = CreatedAt.Unwrap(),
                    Path = string.IsNullOrWhiteSpace(Path) ? null : _paths!.ResolveOrKeep(Path!),
                    ResumeFile = ResumeFile,
                }
            )
        );
        _count++;
    }

    private protected override void OnEnd()
    {
        if (PlanOnly)
        {
            OutputResults(_sync!.PlanRecordsAsync);
            return;
        }

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
            if (OutputResults(_sync!.SyncAsync) is not null)
                Summary?.CompleteRemaining(_count + _removalCount);
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
            _removalCount = missing.Count;
            OutputResults((diagnostics, cancellationToken) => sync.RemoveAsync(missing, diagnostics, cancellationToken));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _sync?.Dispose();
        base.Dispose(disposing);
    }
}
