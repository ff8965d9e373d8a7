using System.Threading.Channels;
using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Uploads;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// Brings candidates' resumes in sync with LinkedIn: uploads side by side, then batches one after the other, within
/// LinkedIn's limits. Add everything, then run it; what a run does not get done, the next one does.
/// </summary>
public sealed class ResumeSync : IResumeIntake
{
    private const string InputName = "resume-sync.input";

    private readonly ResumeSyncOptions _options;
    private readonly ResumeUploads _uploads;
    private readonly ResumeBatches _batches;
    private readonly ResumeQuota _connectionQuota;
    private readonly TimeProvider _time;
    private readonly SyncTime _allowed;
    private readonly string _integrationContext;
    private readonly UploadTarget? _target;
    private readonly LedgerFolder _folder;
    private readonly ResumeLedger _ledger;
    private readonly InputSpool _spool;
    private ResumeQuota? _quota;

    internal ResumeSync(
        ResumeSyncOptions options, ResumeUploads uploads, ResumeBatches batches, ResumeQuota quota, FileSystem files, string api, TimeProvider time)
    {
        _options = options;
        _uploads = uploads;
        _batches = batches;
        _connectionQuota = quota;
        _time = time;
        _allowed = new SyncTime(options.StopAfter, time);
        _integrationContext = OrganizationUrn.Parse(options.IntegrationContext);
        if (options is { MaxRemovals: not null, LedgerPath: null })
            throw MissingResumes.WithoutLedger();
        _target = options.Contract is { } contract ? new UploadTarget(RecruiterContractUrn.Parse(contract), options.RetainFor) : null;

        _folder = new LedgerFolder(files, options.LedgerPath);
        try
        {
            _ledger = ResumeLedger.Open(files, _folder.Path, api, time);
            _spool = new InputSpool(files, Path.Combine(_folder.Path, InputName), _integrationContext, _ledger.FailedAt);
        }
        catch
        {
            _ledger?.Dispose();
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>Adds a resume. Whatever is wrong with it comes out of the run.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.FileWriteFailed"/>: it cannot be kept. <see cref="LinkedInErrorId.InvalidContract"/>: it has
    /// a file to upload, and no contract was given.
    /// </exception>
    public void Add(ResumeInput input)
    {
        SpooledInput spooled = SpooledInput.Of(input, _batches);
        spooled.DemandContract(_options.Contract);
        _spool.Add(spooled);
    }

    /// <summary>The records that the ledger has and the input has not. To be called when all of the input was added.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.RemovalInputIncomplete"/>, <see cref="LinkedInErrorId.RemovalLimitExceeded"/>: none of them may
    /// be removed.
    /// </exception>
    public IReadOnlyList<ResumeKey> FindMissing(CancellationToken cancellationToken) =>
        MissingResumes.Find(_ledger, _spool, _integrationContext, _options.MaxRemovals ?? RemovalLimit.Default, cancellationToken);

    /// <summary>Removes records at LinkedIn; outputs a <see cref="ResumeSyncResult"/> for each.</summary>
    /// <exception cref="LinkedInException">A call failed as a whole; what is left is pending.</exception>
    public async Task RemoveAsync(IReadOnlyList<ResumeKey> missing, IMessages messages, CancellationToken cancellationToken)
    {
        ResumeQuota quota = Begin();
        try
        {
            await new ResumeRemoval(_batches, quota, _time).RemoveAsync(
                missing, quota, _ledger, _allowed, messages, cancellationToken).ConfigureAwait(false);
        }
        catch (LinkedInException limit) when (limit.Id == LinkedInErrorId.DailyLimitReached)
        {
            messages.Warning($"{limit.Message} What is left to remove is pending; run this again then.");
        }
        finally
        {
            quota.Requests.Flush();
        }
    }

    /// <summary>
    /// Outputs a <see cref="ResumeSyncResult"/> for each resume that was added; each that was rejected or failed is an error
    /// as well.
    /// </summary>
    /// <exception cref="LinkedInException">Nothing more could be sent, or written to the ledger; what is left is pending.</exception>
    public async Task RunAsync(IMessages messages, CancellationToken cancellation)
    {
        if (_spool.Count == 0)
            return;

        ResumeQuota quota = Begin();
        if (_options.Resend == ResumeResend.All)
            BeginResend(messages);
        var brake = new SyncBrake(quota);
        var tally = new SyncTally(_ledger, _integrationContext, _spool.Count, messages, _time);
        var preparation = new RecordPreparation(_uploads, _target, _options.Resend, _ledger, quota, _time);
        var preparing = new PreparingStage(_spool, preparation, brake, _allowed, tally, quota, _options.ThrottleLimit, messages);
        var sending = new SendingStage(_batches, preparation, _ledger, quota, brake, _allowed, tally, BatchSize, _options.QueryTunneling, messages, _time);
        try
        {
            await RunAsync(preparing, sending, cancellation).ConfigureAwait(false);
        }
        finally
        {
            quota.Requests.Flush();
        }

        if (_options.Resend == ResumeResend.All && tally.LeftPending == 0)
            _ledger.Append(new LedgerLine { Kind = LedgerKind.ResendCompleted });

        if (brake.Reason is { Id: LinkedInErrorId.DailyLimitReached } limit)
            messages.Warning($"{limit.Message} What is left is pending; run this again then.");
        else if (brake.Reason is { } reason)
            throw reason;
        else if (_allowed.IsOver && tally.LeftPending > 0)
            messages.Warning($"{_allowed.Reason} {tally.LeftPending} records are left pending; run this again to go on with them.");
    }

    /// <summary>Closes the ledger.</summary>
    public void Dispose()
    {
        try
        {
            _spool.Dispose();
            _ledger.Dispose();
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private int BatchSize => Math.Min(_options.BatchSize, _connectionQuota.Records.RecordsPerMinute);

    /// <summary>Begins the run, once.</summary>
    /// <returns>The quota of the run.</returns>
    private ResumeQuota Begin()
    {
        if (_quota is null)
        {
            _ledger.BeginRun(_spool.Count);
            _quota = new ResumeQuota(_connectionQuota, _ledger, BatchSize, _options.WaitForQuota);
        }

        return _quota;
    }

    /// <summary>A resend of everything may take several runs; each goes on where the one before has ended.</summary>
    private void BeginResend(IMessages messages)
    {
        if (_ledger.State.ResendStart is null)
            _ledger.Append(new LedgerLine { Kind = LedgerKind.ResendStarted });
        else
            messages.Warning($"The resend that began at {DateTimeOffset.FromUnixTimeMilliseconds(_ledger.State.ResendStartedAt):yyyy-MM-dd HH:mm} UTC is continued: what was sent since then is not sent again.");
    }

    private static async Task RunAsync(PreparingStage preparing, SendingStage sending, CancellationToken cancellation)
    {
        // Bounded: with uploads faster than batches, what waits is files at LinkedIn without a candidate.
        Channel<ReadyRecord> ready = Channel.CreateBounded<ReadyRecord>(2 * ResumeBatches.MaxRecords);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task prepared = BreakingAsync(() => preparing.RunAsync(ready.Writer, broken.Token), () => ready.Writer.TryComplete());
        Task sent = BreakingAsync(() => sending.RunAsync(ready.Reader, broken.Token), () => { });
        Task both = Task.WhenAll(prepared, sent);
        try
        {
            await both.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // One half broke and took the other along; the first is what to report.
            throw both.Exception?.InnerExceptions.FirstOrDefault(inner => inner is LinkedInException) ?? both.Exception!;
        }

        async Task BreakingAsync(Func<Task> half, Action end)
        {
            try
            {
                await Task.Run(half, CancellationToken.None).ConfigureAwait(false);
            }
            catch
            {
                broken.Cancel();
                throw;
            }
            finally
            {
                end();
            }
        }
    }
}
