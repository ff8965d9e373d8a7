using System.Collections.Concurrent;
using System.Globalization;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Threading;

namespace LinkedInExports.Core.ExportJobs.History;

/// <summary>
/// The jobs that the processes of a user have created, requested and saved on this machine. Thread-safe.
/// </summary>
public sealed class JobHistory
{
    private const int MaxConcurrentRequests = 4;

    private static readonly ConcurrentDictionary<string, JobHistory> Histories = new(StringComparer.Ordinal);

    private readonly object _lock = new();
    private readonly JobHistoryFile _file;
    private readonly TimeProvider _time;
    private bool _hasFailed;

    internal JobHistory(FileSystem files, string folder, TimeProvider time)
    {
        _file = new JobHistoryFile(files, folder);
        _time = time;
    }

    /// <summary>Gets the history in a folder. The clients of a process share it.</summary>
    public static JobHistory Get(string folder) =>
        Histories.GetOrAdd(folder, path => new JobHistory(FileSystem.Real, path, TimeProvider.System));

    /// <summary>Gets the last known state of jobs, the newest first, without requests.</summary>
    /// <param name="filter">Selects the jobs.</param>
    /// <param name="diagnostics">Receives an error for each id that is not in the history.</param>
    /// <exception cref="LinkedInException">The history cannot be read.</exception>
    public IReadOnlyList<ExportJob> GetJobs(JobHistoryFilter filter, IDiagnostics diagnostics)
    {
        JobList list = _file.Read();
        if (list.DamagedLineCount > 0)
            diagnostics.Warning($"The job history is damaged. Lines that were skipped: {list.DamagedLineCount}.");

        ExportJob[] jobs = [.. list.Entries.Where(filter.Includes).Select(entry => entry.ToJob())];
        foreach (long id in filter.JobIds.Except(jobs.Select(job => job.JobId)))
        {
            diagnostics.Error(
                new LinkedInException(
                    LinkedInErrorId.JobNotInHistory,
                    $"Export job {id} is not in the job history of this machine."
                )
                {
                    Target = id.ToString(CultureInfo.InvariantCulture),
                }
            );
        }

        return jobs;
    }

    /// <summary>
    /// Requests the state of the jobs that are not known to have ended and that LinkedIn keeps, several at a time.
    /// </summary>
    /// <param name="client">The client, which records the states.</param>
    /// <param name="filter">Selects the jobs.</param>
    /// <param name="diagnostics">Receives the errors, progress and diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">The history cannot be read.</exception>
    public async Task RefreshAsync(
        ExportJobClient client,
        JobHistoryFilter filter,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset oldest = _time.GetUtcNow() - ExportJobClient.JobLifetime;
        ExportJob[] jobs =
        [
            .. _file
                .Read()
                .Entries.Where(entry => filter.Includes(entry) && entry.CreatedOrRecordedAt >= oldest)
                .Select(entry => entry.ToJob())
                .Where(job => job.State == ExportJobState.Running),
        ];
        int completed = 0;
        await Concurrent.ForEachAsync(jobs, MaxConcurrentRequests, RefreshJobAsync, cancellationToken).ConfigureAwait(false);

        async Task RefreshJobAsync(ExportJob job, CancellationToken token)
        {
            try
            {
                await client.GetAsync(job, diagnostics, token).ConfigureAwait(false);
            }
            catch (LinkedInException failure)
            {
                diagnostics.Error(failure);
            }

            int done = Interlocked.Increment(ref completed);
            diagnostics.Progress(
                new ProgressUpdate("Getting export jobs", $"{done} of {jobs.Length} completed", 100 * done / jobs.Length)
            );
        }
    }

    /// <summary>Records what is known about a job.</summary>
    /// <param name="api">Host and port of the API.</param>
    /// <param name="job">The job.</param>
    /// <param name="isSaved">Whether its files are saved.</param>
    /// <param name="diagnostics">
    /// Receives a warning if the history cannot be written. After that, this process does not write it again.
    /// </param>
    internal void Record(string api, ExportJob job, bool isSaved, IDiagnostics diagnostics)
    {
        JobHistoryEntry entry = JobHistoryEntry.Create(api, job, _time.GetUtcNow()) with { IsSaved = isSaved };
        lock (_lock)
        {
            if (_hasFailed || _file.IsKnown(entry))
                return;
            try
            {
                _file.Append(entry);
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or UnauthorizedAccessException
                            or NotSupportedException
                            or ArgumentException
                            or LinkedInException
                )
            {
                _hasFailed = true;
                diagnostics.Warning($"The job history could not be written: {exception.Message}");
            }
        }
    }
}
