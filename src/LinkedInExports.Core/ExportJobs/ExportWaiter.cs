using System.Collections.Concurrent;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// Waits for any number of jobs with one scheduler: each job is polled at its own interval and returned when it is
/// completed. A slow poll delays no other job.
/// </summary>
public sealed class ExportWaiter
{
    private const int MaxConcurrentPolls = 8;

    private readonly ExportJobClient _jobs;
    private readonly WaitOptions _options;
    private readonly WaitClock _clock;
    private readonly Func<double> _jitter;

    internal ExportWaiter(ExportJobClient jobs, WaitOptions options, TimeProvider time, Func<double> jitter)
    {
        _jobs = jobs;
        _options = options;
        _clock = new WaitClock(time, options);
        _jitter = jitter;
    }

    /// <summary>
    /// Waits for jobs while the caller provides more. A job that failed, or that took longer than the time to wait, is
    /// reported as an error.
    /// </summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="diagnostics">Receives errors, diagnostic messages and progress.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The completed jobs, each as soon as it is completed.</returns>
    public IAsyncEnumerable<ExportJob> WaitAsync(
        IAsyncEnumerable<ExportJob> jobs,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        ResultStream.Create<ExportJob>(
            (results, token) => RunAsync(jobs, new WaitOutput(results, new ConcurrentQueue<ExportJob>(), diagnostics), token),
            cancellationToken
        );

    private async Task RunAsync(IAsyncEnumerable<ExportJob> jobs, WaitOutput output, CancellationToken cancellationToken)
    {
        var poller = new JobPoller(_jobs, _options, _clock, _jitter, output);
        var waiting = new List<PendingJob>();
        int seen = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IAsyncEnumerator<ExportJob> input = jobs.GetAsyncEnumerator(stop.Token);

        // Only this task decides whether more input can come, both for the end of the loop and for the wait, so that an input
        // that ends between the two is not missed. Null after the end.
        Task<bool>? next = input.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                DateTimeOffset now = _clock.Now;
                while (next?.IsCompleted == true)
                {
                    if (await next.ConfigureAwait(false))
                    {
                        Enqueue(input.Current);
                        next = input.MoveNextAsync().AsTask();
                    }
                    else
                    {
                        next = null;
                    }
                }

                while (output.SplitJobs.TryDequeue(out ExportJob? half))
                    Enqueue(half);

                void Enqueue(ExportJob job)
                {
                    seen++;
                    waiting.Add(PendingJob.Begin(job, now));
                }

                UpdateQueuePositions(waiting, now);
                int room = MaxConcurrentPolls - waiting.Count(job => job.PollTask is not null);
                foreach (
                    PendingJob job in waiting
                        .Where(job => job.PollTask is null && job.NextPoll <= now)
                        .OrderBy(job => job.NextPoll)
                        .Take(room)
                        .ToArray()
                )
                {
                    job.PollTask = poller.PollAsync(job, stop.Token);
                }

                if (seen > 0)
                    output.Diagnostics.Progress(CreateProgress(waiting, seen));
                if (waiting.Count == 0 && next is null)
                    return;

                await WaitForNextEventAsync(waiting, next, cancellationToken).ConfigureAwait(false);
                foreach (PendingJob job in waiting.Where(job => job.PollTask?.IsCompleted == true))
                {
                    await job.PollTask!.ConfigureAwait(false);
                    job.PollTask = null;
                }

                waiting.FindAll(job => job.IsOver).ForEach(job => job.End());
                waiting.RemoveAll(job => job.IsOver);
            }
        }
        finally
        {
            // Polls report their errors themselves, and an exception of this method has priority over a cancellation.
            stop.Cancel();
            await Task.WhenAny(Task.WhenAll(waiting.Select(job => job.PollTask ?? Task.CompletedTask))).ConfigureAwait(false);
            if (next is not null)
                await Task.WhenAny(next).ConfigureAwait(false);
            waiting.ForEach(job => job.End());
            await input.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>One job of each queue is polled as usual. The others are polled rarely until it is their turn.</summary>
    private static void UpdateQueuePositions(List<PendingJob> waiting, DateTimeOffset now)
    {
        foreach (
            IGrouping<string?, PendingJob> queue in waiting.Where(job => job.QueueKey is not null).GroupBy(job => job.QueueKey)
        )
        {
            PendingJob first = queue.OrderBy(job => job.Latest.JobId).First();
            foreach (PendingJob job in queue.Where(job => job != first))
                job.IsQueued = true;
            if (first.IsQueued)
            {
                first.IsQueued = false;
                first.WaitingSince = now;
                first.NextPoll = now;
            }
        }
    }

    /// <summary>Waits until a poll ends, the next poll is due, or another job arrives.</summary>
    /// <remarks>
    /// At least one of these events occurs: a job that is not being polled has a time for its next poll, and without jobs the
    /// input is not complete.
    /// </remarks>
    private async Task WaitForNextEventAsync(List<PendingJob> waiting, Task<bool>? next, CancellationToken cancellationToken)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> until = [.. waiting.Select(job => job.PollTask).OfType<Task>()];
        if (until.Count < MaxConcurrentPolls && until.Count < waiting.Count)
        {
            TimeSpan delay = waiting.Where(job => job.PollTask is null).Min(job => job.NextPoll) - _clock.Now;
            until.Add(_clock.Time.DelayAsync(delay, wake.Token));
        }

        if (next is not null)
            until.Add(next);

        await Task.WhenAny(until).ConfigureAwait(false);
#if NET
        await wake.CancelAsync().ConfigureAwait(false);
#else
        wake.Cancel();
#endif
        cancellationToken.ThrowIfCancellationRequested();
    }

    private ProgressUpdate CreateProgress(List<PendingJob> waiting, int seen)
    {
        const string activity = "Waiting for LinkedIn's exports";
        if (waiting.Count == 0)
            return new ProgressUpdate(activity, $"{seen} of {seen} completed", 100);

        PendingJob oldest = waiting.OrderBy(job => job.WaitingSince).First();
        (DateTimeOffset since, ExportJob job, int completed) = (oldest.WaitingSince, oldest.Latest, seen - waiting.Count);
        return Create();

        ProgressUpdate Create()
        {
            string status = $"{job.Status ?? "created"} for {_clock.Now - since:hh\\:mm\\:ss}";
            ProgressUpdate update =
                seen == 1
                    ? new ProgressUpdate(activity, $"job {job.JobId}: {status}")
                    : new ProgressUpdate(activity, $"{completed} of {seen} completed", 100 * completed / seen)
                    {
                        Step = new ProgressUpdate($"Export job {job.JobId}", status),
                    };
            return update with { Refresh = Create };
        }
    }
}
