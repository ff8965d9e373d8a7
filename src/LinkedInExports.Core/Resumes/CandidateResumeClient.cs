using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Resumes;

/// <summary>A client for candidates' resumes in Recruiter (tutorial "Sync Candidate Resumes").</summary>
public sealed class CandidateResumeClient
{
    private readonly ResumeUploadClient _uploads;
    private readonly ResumeBatchClient _batches;
    private readonly ResumeQuota _quota;
    private readonly FileSystem _fileSystem;
    private readonly TimeProvider _time;
    private readonly string _api;

    internal CandidateResumeClient(RequestPipeline pipeline, Uri api, ResumeClientOptions options)
    {
        _uploads = new ResumeUploadClient(pipeline, api, options.Retry, options.Time);
        _batches = new ResumeBatchClient(pipeline, api, ResumeKeyEncoder.Create(options.Protocol));
        _quota = new ResumeQuota(options.RecordsPerMinute, options.RequestsPerDay, options.Time, options.SharedQuota);
        _fileSystem = options.FileSystem;
        _time = options.Time;
        _api = api.Authority;
    }

    /// <summary>The requests that the day still allows, as far as this machine knows.</summary>
    internal int RemainingRequests => Math.Max(0, _quota.Requests.RequestsPerDay - _quota.Requests.UsedToday);

    /// <summary>Creates an uploader, which uploads files without a sync.</summary>
    /// <param name="contract">The Recruiter contract.</param>
    /// <param name="retainFor">The time that LinkedIn keeps the files; null for no limit.</param>
    /// <param name="throttleLimit">The maximum number of concurrent uploads.</param>
    public ResumeUploader CreateUploader(RecruiterContractUrn contract, RetentionPeriod? retainFor, int throttleLimit) =>
        new(_uploads, new UploadDestination(contract, retainFor), _quota, throttleLimit);

    /// <summary>Creates a sync.</summary>
    /// <exception cref="LinkedInException">The ledger cannot be used.</exception>
    public ResumeSync CreateSync(ResumeSyncOptions options) =>
        new(options, new SyncServices(_uploads, _batches, _quota, _api), _fileSystem, _time);

    /// <summary>Removes resumes.</summary>
    /// <param name="keys">The keys of the resumes.</param>
    /// <param name="ledgerPath">The ledger in which the removals are recorded, or null.</param>
    /// <param name="diagnostics">Receives errors and diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>A result for each resume.</returns>
    /// <exception cref="LinkedInException">The ledger cannot be used, or a request failed; the remaining resumes are
    /// pending.</exception>
    public IAsyncEnumerable<ResumeSyncResult> RemoveAsync(
        IReadOnlyList<ResumeKey> keys,
        string? ledgerPath,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        ResultStream.Create<ResumeSyncResult>(
            (results, token) => RunRemovalAsync(keys, ledgerPath, new SyncOutput(results, diagnostics), token),
            cancellationToken
        );

    private async Task RunRemovalAsync(
        IReadOnlyList<ResumeKey> keys,
        string? ledgerPath,
        SyncOutput output,
        CancellationToken cancellationToken
    )
    {
        using ResumeLedger? ledger = ledgerPath is null ? null : ResumeLedger.Open(_fileSystem, ledgerPath, _api, _time);
        ledger?.ReportCompactionFailure(output.Diagnostics);
        ResumeQuota quota = ledger is null ? _quota : new ResumeQuota(_quota, ledger, batchSize: null, waitsForNextDay: false);
        try
        {
            var removal = new ResumeRemoval(_batches, quota, new RemovalRun(ledger, Deadline: null), output, _time);
            await removal.RunAsync(keys, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            quota.Requests.Flush();
        }
    }

    /// <summary>
    /// Returns the newest result that a ledger has for each record, in the order of the results. Records that were already in
    /// sync count as synced. The reasons of failed records are available until a later run starts.
    /// </summary>
    /// <exception cref="LinkedInException">The ledger does not exist, or cannot be read.</exception>
    public static IEnumerable<ResumeSyncResult> ReadResults(string folder, CancellationToken cancellationToken) =>
        ReadResults(FileSystem.Real, folder, cancellationToken);

    /// <summary>Returns the state of the sync of a ledger, also while the sync runs.</summary>
    /// <exception cref="LinkedInException">The ledger does not exist, or cannot be read.</exception>
    public static CandidateResumeSync ReadLedger(string folder, DateTimeOffset now) => ReadLedger(FileSystem.Real, folder, now);

    internal static IEnumerable<ResumeSyncResult> ReadResults(
        FileSystem files,
        string folder,
        CancellationToken cancellationToken
    )
    {
        string path = Path.Combine(folder, ResumeLedger.FileName);
        return FileErrors.TranslateRead(path, () => files.Exists(path))
            ? LedgerResults.Read(files, folder, cancellationToken)
            : throw LedgerResults.CreateNotFoundError(folder);
    }

    internal static CandidateResumeSync ReadLedger(FileSystem files, string folder, DateTimeOffset now)
    {
        using var snapshot = LedgerSnapshot.Read(files, folder);
        return snapshot.Exists ? snapshot.State.ToSync(folder, now) : throw LedgerResults.CreateNotFoundError(folder);
    }
}
