using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// Saves the files of completed jobs, several at a time. A file gets its final name only after it is complete and verified.
/// A file that exists and is valid is not downloaded again.
/// </summary>
public sealed class ExportSaver
{
    private readonly SaveServices _services;
    private readonly SaveOptions _options;
    private readonly long _created;

    internal ExportSaver(SaveServices services, SaveOptions options)
    {
        _services = services;
        _options = options;
        _created = services.Time.GetTimestamp();
    }

    /// <summary>
    /// Saves the files of jobs while the caller provides more. A job or file that cannot be saved is reported as an error.
    /// </summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="diagnostics">Receives errors, diagnostic messages and progress.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The saved files, the parts of a job in their order.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled. No partial file is left.</exception>
    public IAsyncEnumerable<SavedExportFile> SaveAsync(
        IAsyncEnumerable<ExportJob> jobs,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        ResultStream.Create<SavedExportFile>(
            (results, token) => RunAsync(jobs, new SaveOutput(results, diagnostics), token),
            cancellationToken
        );

    private async Task RunAsync(IAsyncEnumerable<ExportJob> jobs, SaveOutput output, CancellationToken cancellationToken)
    {
        TimeSpan? timeLeft = _options.StopAfter - _services.Time.GetElapsedTime(_created);
        using var run = new SaveContext(_services, _options, timeLeft, output, cancellationToken);
        var saving = new List<Task>();
        var owners = new Dictionary<(Type Type, long JobId), string>();
        try
        {
            await foreach (ExportJob job in jobs.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (!IsNew(job, owners, output.Diagnostics))
                    continue;

                await run.JobSlots.WaitAsync(cancellationToken).ConfigureAwait(false);
                saving.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
                saving.Add(new JobSaver(run, job).RunAsync());
            }
        }
        finally
        {
            // Also after a cancellation: each task deletes its partial file.
            await Task.WhenAll(saving).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Whether a job is the first one with its number. A job of another owner with the same number has the same file names, so
    /// it is an error: even with -Force, it must not replace files that this run has just saved.
    /// </summary>
    private static bool IsNew(ExportJob job, Dictionary<(Type Type, long JobId), string> owners, IDiagnostics diagnostics)
    {
        string owner = job.Owner;
        if (!owners.TryGetValue((job.GetType(), job.JobId), out string? first))
        {
            owners.Add((job.GetType(), job.JobId), owner);
            return true;
        }

        if (first == owner)
        {
            diagnostics.Verbose($"{job} was added before.");
        }
        else
        {
            diagnostics.Error(
                new LinkedInException(
                    LinkedInErrorId.FileExists,
                    $"{job} of {owner} has the same number and file names as a job of {first}. Save the jobs of each owner "
                        + "to a separate folder."
                )
                {
                    Target = SaveContext.FormatId(job),
                }
            );
        }

        return false;
    }
}
