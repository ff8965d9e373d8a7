using LinkedInExports.Core.ExportJobs;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// The links of a job. They expire after an hour, so any part may find its own rejected; then the job is asked for fresh ones,
/// once for all parts that noticed.
/// </summary>
internal sealed class DownloadUrlSet(ExportJob job, SaveContext run) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<SignedUrl> _urls = job.DownloadUrls;
    private int _version;

    internal int Count => _urls.Count;

    /// <summary>Whether the job had no links when it was asked last.</summary>
    internal bool IsEmpty { get; private set; }

    /// <summary>The error that prevents saving all parts of the job, or null.</summary>
    internal LinkedInException? Failure { get; private set; }

    /// <summary>The newest link to a part (from 1), and its version for <see cref="RefreshAsync"/>.</summary>
    internal (Uri Link, int Version) Get(int part)
    {
        // Version first: a link newer than its version only costs a needless question.
        int version = Volatile.Read(ref _version);
        return (_urls[part - 1], version);
    }

    /// <summary>
    /// Replaces the links of that version, unless that has happened meanwhile. Keeps them when the job has none.
    /// </summary>
    /// <exception cref="LinkedInException">The job cannot be asked, or has another number of files now.</exception>
    internal async Task RefreshAsync(int version, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Failure is not null)
                throw Failure;
            if (version != _version)
                return;

            run.Diagnostics.Verbose($"The links of export job {job.JobId} are rejected; asking for fresh ones.");
            ExportJob now = await run.Services.Jobs.GetAsync(job, run.Diagnostics, cancellationToken).ConfigureAwait(false);
            IsEmpty = now.DownloadUrls.Count == 0;
            if (!IsEmpty && now.DownloadUrls.Count != _urls.Count)
            {
                throw Failure = new LinkedInException(
                    LinkedInErrorId.UnexpectedResponse,
                    $"Export job {job.JobId} had {_urls.Count} files and now has {now.DownloadUrls.Count} ({now.Status}). To "
                        + $"save what it has now: {job.GetResumeCommand()} | Save-ExportFile"
                )
                {
                    Target = SaveContext.FormatId(job),
                };
            }

            if (!IsEmpty)
                _urls = now.DownloadUrls;
            Volatile.Write(ref _version, version + 1);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
