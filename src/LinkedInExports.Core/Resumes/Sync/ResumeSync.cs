using System.Globalization;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// Syncs candidates' resumes to LinkedIn: concurrent uploads, then one batch after the other, within LinkedIn's limits. Add all
/// records, then call <see cref="SyncAsync"/>. Another run continues with the pending records.
/// </summary>
public sealed class ResumeSync : IDisposable
{
    private const string InputName = "resume-sync.input";

    private readonly ResumeSyncOptions _options;
    private readonly SyncServices _services;
    private readonly TimeProvider _time;
    private readonly RunDeadline _deadline;
    private readonly string _integrationContext;
    private readonly UploadDestination? _destination;
    private readonly WorkingFolder _folder;
    private readonly ResumeLedger? _ledger;
    private readonly LedgerSnapshot? _snapshot;
    private readonly InputStore _inputs;
    private ResumeQuota? _quota;

    internal ResumeSync(ResumeSyncOptions options, SyncServices services, FileSystem files, TimeProvider time)
    {
        _options = options;
        _services = services;
        _time = time;
        _deadline = new RunDeadline(options.StopAfter, time);
        _integrationContext = options.IntegrationContext.ToString();
        if (options is { MaxRemovals: not null, LedgerPath: null })
            throw MissingResumes.CreateLedgerRequiredError();
        _destination = options.Contract is { } contract ? new UploadDestination(contract, options.RetainFor) : null;

        _folder = new WorkingFolder(files, options.IsPlanOnly ? null : options.LedgerPath);
        try
        {
            if (options.IsPlanOnly)
                _snapshot = ReadSnapshot(files);
            else
                _ledger = ResumeLedger.Open(files, _folder.Path, services.Api, time);
            _inputs = new InputStore(files, Path.Combine(_folder.Path, InputName), _integrationContext);
        }
        catch
        {
            _snapshot?.Dispose();
            _ledger?.Dispose();
            _folder.Dispose();
            throw;
        }
    }

    private ILedgerLookup Lookup => _ledger is { } ledger ? ledger : _snapshot!;

    private ResumeLedger Ledger => _ledger ?? throw new InvalidOperationException("A planned sync sends nothing.");

    private int BatchSize => Math.Min(_options.BatchSize, _services.Quota.Records.RecordsPerMinute);

    /// <summary>Adds a resume. If it is invalid, its result is Rejected.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.FileWriteFailed"/>: the input cannot be stored. <see cref="LinkedInErrorId.InvalidContract"/>:
    /// the file has to be uploaded, and the options have no contract.
    /// </exception>
    public void Add(ResumeInput input)
    {
        ResumeInput valid = input.Validate(_services.Batches.Validate(input.CandidateId, input.ResumeId));
        valid.RequireContract(_options.Contract);
        _inputs.Add(valid);
    }

    /// <summary>Creates a plan of the sync, without requests and without changes to the ledger.</summary>
    /// <param name="diagnostics">Receives a verbose message for each record that cannot be sent.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<ResumeSyncPlan> PlanAsync(IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        CreatePlanner().RunAsync(_integrationContext, results: null, diagnostics, cancellationToken);

    /// <summary>Plans the sync of each record, without requests and without changes to the ledger.</summary>
    /// <param name="diagnostics">Receives an error if no records may be removed.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The plan of each record, and of each record to be removed.</returns>
    public IAsyncEnumerable<PlannedResume> PlanRecordsAsync(IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        ResultStream.Create<PlannedResume>(
            (results, token) => CreatePlanner().RunAsync(_integrationContext, results, diagnostics, token),
            cancellationToken
        );

    /// <summary>Finds the records of the ledger that are missing from the input. Call it after all records are added.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.RemovalInputIncomplete"/>, <see cref="LinkedInErrorId.RemovalLimitExceeded"/>: no records may
    /// be removed.
    /// </exception>
    public IReadOnlyList<ResumeKey> FindMissing(CancellationToken cancellationToken) =>
        MissingResumes.Find(
            Lookup,
            _inputs,
            _integrationContext,
            _options.MaxRemovals ?? RemovalLimit.Default,
            cancellationToken
        );

    /// <summary>Removes records at LinkedIn.</summary>
    /// <param name="missing">The keys of the records.</param>
    /// <param name="diagnostics">Receives errors and diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>A result for each record.</returns>
    /// <exception cref="LinkedInException">A request failed; the remaining records are pending.</exception>
    public IAsyncEnumerable<ResumeSyncResult> RemoveAsync(
        IReadOnlyList<ResumeKey> missing,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        ResultStream.Create<ResumeSyncResult>(
            (results, token) => RunRemovalAsync(missing, new SyncOutput(results, diagnostics), token),
            cancellationToken
        );

    /// <summary>Syncs the resumes that were added. A rejected or failed one is also reported as an error.</summary>
    /// <param name="diagnostics">Receives errors, diagnostic messages and progress.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>A result for each resume.</returns>
    /// <exception cref="LinkedInException">Nothing more could be sent, or written to the ledger; the remaining records are
    /// pending.</exception>
    public IAsyncEnumerable<ResumeSyncResult> SyncAsync(IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        ResultStream.Create<ResumeSyncResult>(
            (results, token) => RunAsync(new SyncOutput(results, diagnostics), token),
            cancellationToken
        );

    /// <summary>Closes the ledger.</summary>
    public void Dispose()
    {
        try
        {
            _inputs.Dispose();
            _snapshot?.Dispose();
            _ledger?.Dispose();
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private async Task RunRemovalAsync(IReadOnlyList<ResumeKey> missing, SyncOutput output, CancellationToken cancellationToken)
    {
        ResumeQuota quota = Begin();
        Ledger.ReportCompactionFailure(output.Diagnostics);
        try
        {
            var removal = new ResumeRemoval(_services.Batches, quota, new RemovalRun(Ledger, _deadline), output, _time);
            await removal.RunAsync(missing, cancellationToken).ConfigureAwait(false);
        }
        catch (LinkedInException limit) when (limit.Id == LinkedInErrorId.DailyQuotaExceeded)
        {
            output.Diagnostics.Warning(
                $"{limit.Message} The remaining removals are pending; run the command again after that time."
            );
        }
        finally
        {
            quota.Requests.Flush();
        }
    }

    private async Task RunAsync(SyncOutput output, CancellationToken cancellationToken)
    {
        if (_inputs.Count == 0)
            return;

        ResumeQuota quota = Begin();
        Ledger.ReportCompactionFailure(output.Diagnostics);
        if (_options.Resend == ResumeResend.All)
            BeginResend(output.Diagnostics);
        else if (Ledger.State.ResendStart is not null)
            output.Diagnostics.Warning($"{DescribeResend()} is not complete. Use -Resend All to continue it.");
        var run = new SyncRun
        {
            Options = _options,
            IntegrationContext = _integrationContext,
            Ledger = Ledger,
            Unchanged = new UnchangedResumes(Ledger, _options, _time),
            Quota = quota,
            CircuitBreaker = new SyncCircuitBreaker(quota),
            Deadline = _deadline,
            Results = new SyncResultRecorder(Ledger, _integrationContext, _inputs.Count, output, _time),
            BatchSize = BatchSize,
            Diagnostics = output.Diagnostics,
            Time = _time,
        };
        var preparer = new ResumePreparer(run, _services.Uploads, _destination);
        try
        {
            await SyncPipeline
                .RunAsync(
                    new InspectionStage(run, _inputs),
                    new UploadStage(run, preparer),
                    new BatchStage(run, new UpdateRunner(run, _services.Batches, preparer)),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        finally
        {
            quota.Requests.Flush();
        }

        Complete(run);
    }

    private SyncPlanner CreatePlanner() => new(_options, _services, Lookup, _inputs, _time);

    private LedgerSnapshot ReadSnapshot(FileSystem files)
    {
        var snapshot = LedgerSnapshot.Read(files, _options.LedgerPath ?? _folder.Path);
        if (snapshot.State.Api is not { } owner || owner == _services.Api)
            return snapshot;
        snapshot.Dispose();
        throw LedgerReader.CreateMismatchError(_options.LedgerPath!, owner, _services.Api);
    }

    /// <summary>Begins the run. Further calls have no effect.</summary>
    private ResumeQuota Begin()
    {
        if (_quota is null)
        {
            Ledger.BeginRun(_inputs.Count);
            _quota = new ResumeQuota(_services.Quota, Ledger, BatchSize, _options.WaitForQuota);
        }

        return _quota;
    }

    /// <summary>Resending all records may take several runs; each one continues where the previous one ended.</summary>
    private void BeginResend(IDiagnostics diagnostics)
    {
        if (Ledger.State.ResendStart is null)
        {
            Ledger.Append(new LedgerEntry { Type = LedgerEntryType.ResendStarted });
        }
        else
        {
            diagnostics.Warning($"{DescribeResend()} continues. Records that were sent since then are not sent again.");
        }
    }

    private string DescribeResend() =>
        string.Format(
            CultureInfo.InvariantCulture,
            "The resend of all records that began at {0:yyyy-MM-dd HH:mm} UTC",
            DateTimeOffset.FromUnixTimeMilliseconds(Ledger.State.ResendStartedAt)
        );

    private void CompleteResend(IDiagnostics diagnostics)
    {
        int left = Ledger.State.CountNotResent();
        if (left > 0)
        {
            diagnostics.Warning(
                $"The resend is complete. Records of the ledger that were not in the input, and were not sent again: {left}."
            );
        }

        Ledger.Append(new LedgerEntry { Type = LedgerEntryType.ResendCompleted });
    }

    private void Complete(SyncRun run)
    {
        if (_options.Resend == ResumeResend.All && run.Results.PendingCount == 0)
            CompleteResend(run.Diagnostics);

        if (run.CircuitBreaker.UploadStopReason is { Id: LinkedInErrorId.DailyQuotaExceeded } limit)
        {
            run.Diagnostics.Warning($"{limit.Message} The remaining records are pending; run the command again after that time.");
        }
        else if (run.CircuitBreaker.UploadStopReason is { } stopReason)
        {
            throw stopReason;
        }
        else if (_deadline.IsExpired && run.Results.PendingCount > 0)
        {
            run.Diagnostics.Warning(
                $"{_deadline.Reason.Text} {run.Results.PendingCount} records are pending; run the command again to continue."
            );
        }
    }
}
