using LinkedInExports.Core.ExportJobs;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// The links of a job. They expire after an hour. If parts find their links rejected, the job is requested again, once for all
/// of them.
/// </summary>
internal sealed class DownloadUrlSet(ExportJob job, SaveContext run) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<SignedUrl> _urls = job.DownloadUrls;
    private int _version;

    internal int Count => _urls.Count;

    /// <summary>Whether the job had no links at the last refresh.</summary>
    internal bool IsEmpty { get; private set; }

    /// <summary>The error that prevents saving all parts of the job, or null.</summary>
    internal LinkedInException? Failure { get; private set; }

    /// <summary>Gets the newest link to a part (from 1), and its version for <see cref="RefreshAsync"/>.</summary>
    internal (Uri Link, int Version) Get(int part)
    {
        // The version first: a link that is newer than its version only causes an unnecessary request.
        int version = Volatile.Read(ref _version);
        return (_urls[part - 1], version);
    }

    /// <summary>Replaces the links of a version, unless they were already replaced. Keeps them if the job has none.</summary>
    /// <exception cref="LinkedInException">The job cannot be requested, or its number of files has changed.</exception>
    internal async Task RefreshAsync(int version, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Failure is not null)
                throw Failure;
            if (version != _version)
                return;

            run.Diagnostics.Verbose($"The links of export job {job.JobId} were rejected; requesting new ones.");
            ExportJob refreshed = await run.Services.Jobs.GetAsync(job, run.Diagnostics, cancellationToken).ConfigureAwait(false);
            IsEmpty = refreshed.DownloadUrls.Count == 0;
            if (!IsEmpty && refreshed.DownloadUrls.Count != _urls.Count)
            {
                throw Failure = new LinkedInException(
                    LinkedInErrorId.UnexpectedResponse,
                    $"Export job {job.JobId} had {_urls.Count} files and now has {refreshed.DownloadUrls.Count} "
                        + $"({refreshed.Status}). To save what it has now: {job.GetResumeCommand()} | Save-ExportFile"
                )
                {
                    Target = SaveContext.FormatId(job),
                };
            }

            if (!IsEmpty)
                _urls = refreshed.DownloadUrls;
            Volatile.Write(ref _version, version + 1);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
