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

/// <summary>Candidates' resumes in Recruiter (tutorial "Sync Candidate Resumes").</summary>
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
        _quota = new ResumeQuota(options.RecordsPerMinute, options.RequestsPerDay, options.Time);
        _fileSystem = options.FileSystem;
        _time = options.Time;
        _api = api.Authority;
    }

    /// <summary>Creates an uploader, which uploads files without a sync.</summary>
    /// <param name="contract">The Recruiter contract.</param>
    /// <param name="retainFor">How long LinkedIn keeps the files; null for no limit.</param>
    /// <param name="throttleLimit">The maximum number of concurrent uploads.</param>
    public ResumeUploader CreateUploader(RecruiterContractUrn contract, RetentionPeriod? retainFor, int throttleLimit) =>
        new(_uploads, new UploadDestination(contract, retainFor), _quota, throttleLimit);

    /// <summary>Creates a sync.</summary>
    /// <exception cref="LinkedInException">The ledger cannot be used.</exception>
    public ResumeSync CreateSync(ResumeSyncOptions options) => new(options, new SyncServices(_uploads, _batches, _quota, _api), _fileSystem, _time);

    /// <summary>Removes resumes; outputs a <see cref="ResumeSyncResult"/> for each.</summary>
    /// <param name="keys">Whose.</param>
    /// <param name="ledgerPath">The ledger that is to know; null for none.</param>
    /// <param name="output">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">The ledger cannot be used, or a whole call failed; what is left is pending.</exception>
    public async Task RemoveAsync(
        IReadOnlyList<ResumeKey> keys, string? ledgerPath, ICommandOutput output, CancellationToken cancellationToken)
    {
        using ResumeLedger? ledger = ledgerPath is null ? null : ResumeLedger.Open(_fileSystem, ledgerPath, _api, _time);
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
    /// The newest result that a ledger has for each record, in the order in which they came about. Records that were in sync
    /// already count as synced; the reasons of those that failed are there until a later run begins anew.
    /// </summary>
    /// <exception cref="LinkedInException">There is no ledger, or it cannot be read.</exception>
    public static IEnumerable<ResumeSyncResult> ReadResults(string folder, CancellationToken cancellationToken) =>
        ReadResults(FileSystem.Real, folder, cancellationToken);

    /// <summary>How far the sync of a ledger is. Works while it runs.</summary>
    /// <exception cref="LinkedInException">There is no ledger, or it cannot be read.</exception>
    public static CandidateResumeSync ReadLedger(string folder, DateTimeOffset now) => ReadLedger(FileSystem.Real, folder, now);

    internal static IEnumerable<ResumeSyncResult> ReadResults(FileSystem files, string folder, CancellationToken cancellationToken)
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
