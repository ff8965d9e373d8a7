using System.Threading.Channels;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// Saves the files of completed jobs, several at a time, each whole and verified or not at all. What exists already and is
/// valid is not fetched again. Jobs may be added while others are saved.
/// </summary>
public sealed class ExportSaver
{
    /// <summary>The longest time that a timer can count; longer ones are none.</summary>
    private static readonly TimeSpan MaxTimeLeft = TimeSpan.FromDays(40);

    private readonly Channel<ExportJob> _input = Channel.CreateUnbounded<ExportJob>();
    private readonly SaveServices _services;
    private readonly SaveOptions _options;
    private readonly long _submittedJobs;

    internal ExportSaver(SaveServices services, SaveOptions options)
    {
        _services = services;
        _options = options;
        _submittedJobs = services.Time.GetTimestamp();
    }

    /// <summary>Adds a job. Callable until <see cref="CompleteAdding"/>.</summary>
    public void Add(ExportJob job)
    {
        if (!_input.Writer.TryWrite(job))
            throw new InvalidOperationException("The last job was added already.");
    }

    /// <summary>Says that no more jobs come.</summary>
    public void CompleteAdding() => _input.Writer.TryComplete();

    /// <summary>
    /// Outputs a <see cref="SavedExportFile"/> for each file, the parts of a job in their order; each job or file that
    /// fails is an error of its own.
    /// </summary>
    /// <param name="output">Receives the files, errors and messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="OperationCanceledException">The token was canceled. No partial file is left.</exception>
    public async Task RunAsync(ICommandOutput output, CancellationToken cancellationToken)
    {
        using var run = new SaveContext(_services, _options, GetTimeLeft(), output, cancellationToken);
        var saving = new List<Task>();
        var owners = new Dictionary<(Type Type, long JobId), string>();
        try
        {
            while (await _input.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (_input.Reader.TryRead(out ExportJob? job))
                {
                    if (!IsNew(job, owners, output))
                        continue;

                    await run.JobSlots.WaitAsync(cancellationToken).ConfigureAwait(false);
                    saving.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
                    saving.Add(new JobSaver(run, job).RunAsync());
                }
            }
        }
        finally
        {
            // Also when stopped: each takes its partial file along.
            await Task.WhenAll(saving).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Whether a job is the first one with its number. A job of another owner with the same number has the same file names, so it
    /// is an error: even with -Force, it must not replace files that this run has just saved.
    /// </summary>
    private static bool IsNew(ExportJob job, Dictionary<(Type Type, long JobId), string> owners, ICommandOutput output)
    {
        string owner = job.Owner;
        if (!owners.TryGetValue((job.GetType(), job.JobId), out string? first))
        {
            owners.Add((job.GetType(), job.JobId), owner);
            return true;
        }

        if (first == owner)
        {
            output.Verbose($"{job} was added before.");
        }
        else
        {
            output.Error(new LinkedInException(
                LinkedInErrorId.FileExists,
                $"{job} of {owner} has the same number and file names as a job of {first}. Save the jobs of each owner to a folder of its own.")
            { Target = SaveContext.FormatId(job) });
        }

        return false;
    }

    private TimeSpan GetTimeLeft()
    {
        if (_options.StopAfter is not { } whole)
            return Timeout.InfiniteTimeSpan;
        TimeSpan left = whole - _services.Time.GetElapsedTime(_submittedJobs);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < MaxTimeLeft ? left : Timeout.InfiniteTimeSpan;
    }
}
