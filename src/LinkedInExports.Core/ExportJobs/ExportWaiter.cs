using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// Waits for any number of jobs with one scheduler: each is asked about at its own pace, and comes out as soon as it is
/// completed. A question that takes long delays no other job. Jobs may be added while others are waited for.
/// </summary>
public sealed class ExportWaiter
{
    private const int MaxConcurrentPolls = 8;

    /// <summary>Enough for a last question at the end of the time.</summary>
    private static readonly TimeSpan FinalPollTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MaxPollDuration = TimeSpan.FromHours(1);

    private const string Enqueued = "ENQUEUED";

    private static readonly string[] KnownRunning = [Enqueued, "PROCESSING"];

    private readonly Channel<ExportJob> _input = Channel.CreateUnbounded<ExportJob>();
    private readonly ConcurrentQueue<ExportJob> _splitJobs = new();
    private readonly ExportJobClient _jobs;
    private readonly WaitOptions _options;
    private readonly TimeProvider _time;
    private readonly MonotonicClock _clock;
    private readonly PollOutage _outage;
    private readonly Func<double> _jitter;
    private readonly DateTimeOffset _stopAt;

    internal ExportWaiter(ExportJobClient jobs, WaitOptions options, TimeProvider time, Func<double> jitter)
    {
        _jobs = jobs;
        _options = options;
        _time = time;
        _clock = new MonotonicClock(time);
        _outage = new PollOutage(_clock);
        _jitter = jitter;
        _stopAt = options.StopAfter is { } whole ? AddTime(whole, _clock.Now) : DateTimeOffset.MaxValue;
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
    /// Waits until each job is completed (it is then output), has failed, or has been waited for long enough (each an
    /// error of its own).
    /// </summary>
    public async Task RunAsync(ICommandOutput output, CancellationToken cancellationToken)
    {
        var waiting = new List<PendingJob>();
        int seen = 0;

        // Whether more input can come is decided by this task alone, both for the end of the loop and for the sleep, so that
        // an input that ends between the two is not missed. Null after the end.
        Task<bool>? input = _input.Reader.WaitToReadAsync(cancellationToken).AsTask();
        try
        {
            while (true)
            {
                DateTimeOffset now = _clock.Now;
                while (input?.IsCompleted == true)
                {
                    bool isOpen = await input.ConfigureAwait(false);
                    while (_input.Reader.TryRead(out ExportJob? job))
                        Enqueue(job);
                    input = isOpen ? _input.Reader.WaitToReadAsync(cancellationToken).AsTask() : null;
                }

                while (_splitJobs.TryDequeue(out ExportJob? half))
                    Enqueue(half);

                void Enqueue(ExportJob job)
                {
                    seen++;
                    waiting.Add(new PendingJob(job, now));
                }

                UpdateQueuePositions(waiting, now);
                int room = MaxConcurrentPolls - waiting.Count(job => job.PollTask is not null);
                foreach (PendingJob job in waiting.Where(job => job.PollTask is null && job.NextPoll <= now).OrderBy(job => job.NextPoll).Take(room).ToArray())
                    job.PollTask = PollAsync(job, output, cancellationToken);

                if (seen > 0)
                    output.Progress(CreateProgress(waiting, seen));
                if (waiting.Count == 0 && input is null)
                    return;

                await WaitForNextEventAsync(waiting, input, cancellationToken).ConfigureAwait(false);
                foreach (PendingJob job in waiting.Where(job => job.PollTask?.IsCompleted == true))
                {
                    await job.PollTask!.ConfigureAwait(false);
                    job.PollTask = null;
                }

                waiting.RemoveAll(job => job.IsOver);
            }
        }
        finally
        {
            await Task.WhenAll(waiting.Select(job => job.PollTask ?? Task.CompletedTask)).ConfigureAwait(false);
        }
    }

    /// <summary>Of each queue one job is asked about as usual; the others when their turn comes, and rarely till then.</summary>
    private static void UpdateQueuePositions(List<PendingJob> waiting, DateTimeOffset now)
    {
        foreach (IGrouping<string?, PendingJob> queue in waiting.Where(job => job.QueueKey is not null).GroupBy(job => job.QueueKey))
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

    private async Task PollAsync(PendingJob job, ICommandOutput output, CancellationToken cancellationToken)
    {
        try
        {
            await PollJobAsync(job, output, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            string id = job.Latest.JobId.ToString(CultureInfo.InvariantCulture);
            output.Error(LinkedInException.FromUnexpected($"wait for export job {id}", exception, id));
            job.IsOver = true;
        }
    }

    private async Task PollJobAsync(PendingJob job, ICommandOutput output, CancellationToken cancellationToken)
    {
        // A job that is known to be over needs no question.
        if (job.Latest.State == ExportJobState.Running && !await TryPollAsync(job, output, cancellationToken).ConfigureAwait(false))
            return;

        switch (job.Latest.State)
        {
            case ExportJobState.Completed:
                WarnAboutLaterStart(job, output);
                output.Output(job.Latest);
                job.IsOver = true;
                break;

            case ExportJobState.Failed:
                if (!await SplitAsync(job.Latest, output, cancellationToken).ConfigureAwait(false))
                    output.Error(JobFailure.ToException(job.Latest));
                job.IsOver = true;
                break;

            default:
                ScheduleNextPoll(job, output);
                break;
        }
    }

    /// <returns>False when LinkedIn could not be asked this time, or does not know the job.</returns>
    private async Task<bool> TryPollAsync(PendingJob job, ICommandOutput output, CancellationToken cancellationToken)
    {
        using Deadline deadline = _time.CreateDeadline(GetPollTimeout(job), cancellationToken);
        try
        {
            job.Latest = await _jobs.GetAsync(job.Latest, output, deadline.Token).ConfigureAwait(false);
            if (_outage.End(job) is { } lasted)
                output.Verbose($"LinkedIn answers again after {TimeSpan.FromSeconds(Math.Round(lasted.TotalSeconds)):c}.");
            return true;
        }
        catch (OperationCanceledException) when (deadline.IsExpired)
        {
            ScheduleNextPoll(job, output); // Which finds that the time is over.
            return false;
        }
        catch (LinkedInException failure) when (failure.IsTransient)
        {
            // How long an outage may last is a matter of time and not of polls: early polls are only seconds apart.
            job.LastFailure = failure;
            string text = $"Export job {job.Latest.JobId}: {failure.Message} Asking again until the time to wait is over.";
            if (_outage.Begin(job))
                output.Warning(text);
            else
                output.Verbose(text);
            ScheduleNextPoll(job, output);
            return false;
        }
        catch (LinkedInException failure)
        {
            output.Error(failure);
            job.IsOver = true;
            return false;
        }
    }

    /// <summary>A question, with all its retries, does not outlast the time that the user gave.</summary>
    private TimeSpan GetPollTimeout(PendingJob job)
    {
        TimeSpan left = GetEnd(job) - _clock.Now;
        return left > MaxPollDuration ? MaxPollDuration : left > FinalPollTimeout ? left : FinalPollTimeout;
    }

    /// <summary>Replaces a job whose file would be too large by two for the halves of its period, if that is wished and possible.</summary>
    private async Task<bool> SplitAsync(ExportJob job, ICommandOutput output, CancellationToken cancellationToken)
    {
        if (!_options.SplitOversized || !JobFailure.IsOversized(job)
            || job is not SalesAnalyticsExportJob { ExportType: not null, StartAt: { } start, EndAt: { } end } sales
            || new Period(start, end) is not { CanSplit: true } period)
            return false;

        output.Warning($"The file of export job {job.JobId} would be too large; two jobs for the halves of its period take its place.");
        (Period first, Period second) = period.Split();
        foreach (Period half in new[] { first, second })
        {
            try
            {
                _splitJobs.Enqueue(await _jobs.CreateForPeriodAsync(sales, half, output, cancellationToken).ConfigureAwait(false));
            }
            catch (LinkedInException failure)
            {
                output.Error(failure); // The other half is waited for all the same.
            }
        }

        return true;
    }

    private void ScheduleNextPoll(PendingJob job, ICommandOutput output)
    {
        if (job.Latest.Status is { } status && !job.IsUnknownStatusReported
            && !KnownRunning.Contains(status, StringComparer.OrdinalIgnoreCase))
        {
            job.IsUnknownStatusReported = true;
            output.Warning(
                $"Export job {job.Latest.JobId} has the status '{status}', which is not in LinkedIn's documentation. It counts as not finished.");
        }

        DateTimeOffset now = _clock.Now;
        DateTimeOffset end = GetEnd(job);
        if (now < end)
        {
            TimeSpan delay = job.IsQueued
                ? PollSchedule.GetQueuedDelay(string.Equals(job.Latest.Status, Enqueued, StringComparison.OrdinalIgnoreCase))
                : _options.PollInterval ?? PollSchedule.GetDelay(now - job.WaitingSince, _jitter());
            // Asked once more at the very end, so that nothing is given up that is ready.
            job.NextPoll = delay < end - now ? now + delay : end;
            return;
        }

        output.Error(CreateTimeoutError(job, end));
        job.IsOver = true;
    }

    private LinkedInException CreateTimeoutError(PendingJob job, DateTimeOffset end)
    {
        LinkedInException? failure = job.LastFailure;
        string known = job.Latest.Status ?? "no status yet";
        string outage = failure is null ? "" : $" LinkedIn did not answer at last: {failure.Message}";
        return new LinkedInException(
            LinkedInErrorId.WaitTimedOut,
            $"Export job {job.Latest.JobId} is not finished after {(end < _stopAt ? _options.Timeout : _options.StopAfter):c} ({known}).{outage} It continues at LinkedIn; to wait again: {job.Latest.GetResumeCommand()} | Wait-ExportJob",
            failure)
        {
            StatusCode = failure?.StatusCode,
            TraceId = failure?.TraceId,
            Target = job.Latest.JobId.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>LinkedIn may cut the period short; what lies before it is then not in the files.</summary>
    private static void WarnAboutLaterStart(PendingJob job, ICommandOutput output)
    {
        if (job is { Requested: CrmValidationExportJob requested, Latest: CrmValidationExportJob got }
            && requested.ExportStartAt != default && got.ExportStartAt > requested.ExportStartAt)
        {
            output.Warning(
                $"Export job {got.JobId} was asked for from {requested.ExportStartAt:u}, but LinkedIn exported from {got.ExportStartAt:u}. What lies before is not in it.");
        }
    }

    /// <summary>Sleeps until a question is answered, the next one is due, or another job comes.</summary>
    /// <remarks>
    /// There is always something to sleep for: a job without a question is due at some time, and without jobs the input is
    /// still open.
    /// </remarks>
    private async Task WaitForNextEventAsync(List<PendingJob> waiting, Task<bool>? input, CancellationToken cancellationToken)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> until = [.. waiting.Select(job => job.PollTask).OfType<Task>()];
        if (until.Count < MaxConcurrentPolls && until.Count < waiting.Count)
        {
            TimeSpan delay = waiting.Where(job => job.PollTask is null).Min(job => job.NextPoll) - _clock.Now;
            until.Add(_time.DelayAsync(delay, wake.Token));
        }

        if (input is not null)
            until.Add(input);

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
        TimeSpan elapsed = _clock.Now - oldest.WaitingSince;
        string standing = $"{oldest.Latest.Status ?? "asked for"} for {elapsed:hh\\:mm\\:ss}";
        return seen == 1
            ? new ProgressUpdate(activity, $"job {oldest.Latest.JobId}: {standing}")
            : new ProgressUpdate(activity, $"{seen - waiting.Count} of {seen} completed", 100 * (seen - waiting.Count) / seen)
            {
                Step = new ProgressUpdate($"Export job {oldest.Latest.JobId}", standing),
            };
    }

    private DateTimeOffset GetEnd(PendingJob job) =>
        !job.IsQueued && AddTime(_options.Timeout, job.WaitingSince) is var end && end < _stopAt ? end : _stopAt;

    private static DateTimeOffset AddTime(TimeSpan time, DateTimeOffset from) =>
        time < DateTimeOffset.MaxValue - from ? from + time : DateTimeOffset.MaxValue;
}
