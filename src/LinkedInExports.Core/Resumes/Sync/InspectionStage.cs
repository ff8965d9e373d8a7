using System.Threading.Channels;
using LinkedInExports.Core.Threading;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// The first stage of a run: gives records that cannot or need not be sent their results, and passes the others on.
/// </summary>
internal sealed class InspectionStage(SyncRun run, InputStore inputs)
{
    /// <summary>
    /// The number of records that a worker takes at a time. An unchanged record takes only microseconds, so that workers with one
    /// record would mostly wait for each other.
    /// </summary>
    private const int ChunkSize = 64;

    private int _superseded;

    /// <summary>Processes the input. Each record gets a result, or is written to the channel.</summary>
    internal async Task RunAsync(ChannelWriter<StoredResume> changed, CancellationToken cancellationToken)
    {
        await Concurrent
            .ForEachAsync(
                ReadChunks(),
                run.Options.ThrottleLimit,
                async (chunk, token) =>
                {
                    foreach (StoredResume resume in await InspectAsync(chunk).ConfigureAwait(false))
                        await changed.WriteAsync(resume, token).ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (_superseded > 0)
        {
            run.Diagnostics.Warning(
                $"{_superseded} duplicate {(_superseded == 1 ? "record was" : "records were")} skipped; the last one of each "
                    + "candidate and resume was used."
            );
        }
    }

    /// <returns>The records without a result.</returns>
    private async Task<List<StoredResume>> InspectAsync(List<StoredResume> chunk)
    {
        var unchanged = new List<ResumeInput>();
        var changed = new List<StoredResume>();
        foreach (StoredResume resume in chunk)
        {
            if (resume.Input.ValidationError is { } error)
            {
                run.Results.RecordInvalid(resume.Input, error);
            }
            else if (!resume.IsNewest)
            {
                Interlocked.Increment(ref _superseded);
                run.Results.RecordSuperseded(resume.Input);
            }
            else if (run.StopReason is null && run.Unchanged.Contains(resume))
            {
                unchanged.Add(resume.Input);
            }
            else
            {
                changed.Add(resume);
            }
        }

        await run.Results.RecordUnchangedAsync(unchanged).ConfigureAwait(false);
        return changed;
    }

    private IEnumerable<List<StoredResume>> ReadChunks()
    {
        var chunk = new List<StoredResume>(ChunkSize);
        foreach (StoredResume resume in inputs.Read(run.Ledger.GetLastFailureOffset))
        {
            chunk.Add(resume);
            if (chunk.Count == ChunkSize)
            {
                yield return chunk;
                chunk = new List<StoredResume>(ChunkSize);
            }
        }

        if (chunk.Count > 0)
            yield return chunk;
    }
}
