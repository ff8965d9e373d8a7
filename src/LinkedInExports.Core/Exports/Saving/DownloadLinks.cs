using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Exports.Saving;

/// <summary>
/// The links of a job. They die after an hour, so any part may find its own dead; then the job is asked for fresh ones,
/// once for all parts that noticed.
/// </summary>
internal sealed class DownloadLinks(ExportJob job, ExportJobs jobs) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<SignedUrl> _links = job.DownloadUrls;
    private int _version;

    internal int Count => _links.Count;

    /// <summary>The newest link to a part (from 1), and its version for <see cref="RefreshAsync"/>.</summary>
    internal (Uri Link, int Version) For(int part)
    {
        // Version first: a link newer than its version only costs a needless question.
        int version = Volatile.Read(ref _version);
        return (_links[part - 1], version);
    }

    /// <summary>Replaces the links of that version, unless that has happened meanwhile.</summary>
    /// <exception cref="LinkedInException">The job cannot be asked, or has another number of files now.</exception>
    internal async Task RefreshAsync(int version, IMessages messages, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (version != _version)
                return;

            messages.Verbose($"The links of export job {job.JobId} are not accepted any more; asking for fresh ones.");
            ExportJob now = await jobs.GetAsync(job, messages, cancellation).ConfigureAwait(false);
            if (now.DownloadUrls.Count != _links.Count)
            {
                throw new LinkedInException(
                    LinkedInErrorId.UnexpectedResponse,
                    $"Export job {job.JobId} had {_links.Count} files and now has {now.DownloadUrls.Count} ({now.Status}). To save what it has now: {ExportJobs.HowToGoOn(job)} | Save-ExportFile")
                { Target = job.JobId.ToString(System.Globalization.CultureInfo.InvariantCulture) };
            }

            _links = now.DownloadUrls;
            Volatile.Write(ref _version, version + 1);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
