using System.Globalization;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Requests the status of jobs, and completes, fails, splits or reschedules them.</summary>
internal sealed class JobPoller(
    ExportJobClient jobs,
    WaitOptions options,
    WaitClock clock,
    Func<double> jitter,
    WaitOutput output
)
{
    private const string Enqueued = "ENQUEUED";

    /// <summary>The minimum timeout of the last request before the wait ends.</summary>
    private static readonly TimeSpan FinalPollTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MaxPollDuration = TimeSpan.FromHours(1);

    private static readonly string[] KnownRunning = [Enqueued, "PROCESSING"];

    private readonly PollOutage _outage = new(clock.Monotonic);

    /// <summary>Requests the status of a job. A failure is reported as the error of the job.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    internal async Task PollAsync(PendingJob job, CancellationToken cancellationToken)
    {
        try
        {
            await PollJobAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            string id = job.Latest.JobId.ToString(CultureInfo.InvariantCulture);
            Fail(job, LinkedInException.FromUnexpected($"wait for export job {id}", exception, id));
        }
    }

    private async Task PollJobAsync(PendingJob job, CancellationToken cancellationToken)
    {
        // A job that is known to have ended needs no request.
        if (job.Latest.State == ExportJobState.Running && !await TryRefreshAsync(job, cancellationToken).ConfigureAwait(false))
            return;

        switch (job.Latest.State)
        {
            case ExportJobState.Completed:
                WarnAboutLaterStart(job);
                await output.Results.WriteAsync(job.Latest).ConfigureAwait(false);
                job.IsOver = true;
                break;

            case ExportJobState.Failed:
                if (await TrySplitAsync(job.Latest, cancellationToken).ConfigureAwait(false))
                    job.IsOver = true;
                else
                    Fail(job, JobFailure.ToException(job.Latest));
                break;

            default:
                ScheduleNextPoll(job);
                break;
        }
    }

    /// <returns>False if LinkedIn did not respond this time, or does not know the job.</returns>
    private async Task<bool> TryRefreshAsync(PendingJob job, CancellationToken cancellationToken)
    {
        using Deadline deadline = clock.Time.CreateDeadline(GetPollTimeout(job), cancellationToken);
        try
        {
            job.Latest = await TraceSpan
                .RunAsync(
                    "poll export job",
                    job.Span,
                    async span =>
                    {
                        ExportJob current = await jobs.GetAsync(job.Latest, output.Diagnostics, deadline.Token)
                            .ConfigureAwait(false);
                        span.With(current);
                        return current;
                    }
                )
                .ConfigureAwait(false);
            if (_outage.End(job) is { } lasted)
            {
                output.Diagnostics.Verbose(
                    $"LinkedIn is responding again after {TimeSpan.FromSeconds(Math.Round(lasted.TotalSeconds)):c}."
                );
            }

            return true;
        }
        catch (OperationCanceledException) when (deadline.IsExpired)
        {
            ScheduleNextPoll(job); // Reports the timeout.
            return false;
        }
        catch (LinkedInException failure) when (failure.IsTransient)
        {
            // The timeout limits an outage, and not the number of polls, because early polls are only seconds apart.
            job.LastFailure = failure;
            string text = $"Export job {job.Latest.JobId}: {failure.Message} Polling continues until the timeout.";
            if (_outage.Begin(job))
                output.Diagnostics.Warning(text);
            else
                output.Diagnostics.Verbose(text);
            ScheduleNextPoll(job);
            return false;
        }
        catch (LinkedInException failure)
        {
            Fail(job, failure);
            return false;
        }
    }

    /// <summary>Reports the error of a job, and ends its wait.</summary>
    private void Fail(PendingJob job, LinkedInException failure)
    {
        job.Span.Fail(failure);
        output.Diagnostics.Error(failure);
        job.IsOver = true;
    }

    /// <summary>Gets the timeout of a request with all its retries, which ends with the wait.</summary>
    private TimeSpan GetPollTimeout(PendingJob job)
    {
        TimeSpan left = clock.GetEnd(job) - clock.Now;
        return left > MaxPollDuration ? MaxPollDuration
            : left > FinalPollTimeout ? left
            : FinalPollTimeout;
    }

    /// <summary>
    /// Replaces a job whose file would be too large by two jobs for the halves of its period, if requested and possible.
    /// </summary>
    private async Task<bool> TrySplitAsync(ExportJob job, CancellationToken cancellationToken)
    {
        if (
            !options.SplitOversized
            || !JobFailure.IsOversized(job)
            || job is not SalesAnalyticsExportJob { ExportType: not null, StartAt: { } start, EndAt: { } end } sales
            || new Period(start, end) is not { CanSplit: true } period
        )
        {
            return false;
        }

        output.Diagnostics.Warning(
            $"The file of export job {job.JobId} would be too large. It is replaced by two jobs for the halves of its period."
        );
        (Period first, Period second) = period.Split();
        foreach (Period half in new[] { first, second })
        {
            try
            {
                output.SplitJobs.Enqueue(
                    await jobs.CreateForPeriodAsync(sales, half, output.Diagnostics, cancellationToken).ConfigureAwait(false)
                );
            }
            catch (LinkedInException failure)
            {
                output.Diagnostics.Error(failure); // The other half continues.
            }
        }

        return true;
    }

    private void ScheduleNextPoll(PendingJob job)
    {
        if (
            job.Latest.Status is { } status
            && !job.IsUnknownStatusReported
            && !KnownRunning.Contains(status, StringComparer.OrdinalIgnoreCase)
        )
        {
            job.IsUnknownStatusReported = true;
            output.Diagnostics.Warning(
                $"Export job {job.Latest.JobId} has the status '{status}', which LinkedIn does not document. "
                    + "The job is treated as running."
            );
        }

        DateTimeOffset now = clock.Now;
        DateTimeOffset end = clock.GetEnd(job);
        if (now < end)
        {
            TimeSpan delay = job.IsQueued
                ? PollSchedule.GetQueuedDelay(string.Equals(job.Latest.Status, Enqueued, StringComparison.OrdinalIgnoreCase))
                : options.PollInterval ?? PollSchedule.GetDelay(now - job.WaitingSince, jitter());
            // The last poll is at the end of the wait, so that a job that completes until then is not missed.
            job.NextPoll = delay < end - now ? now + delay : end;
            return;
        }

        Fail(job, CreateTimeoutError(job, clock.GetLimit(end)));
    }

    private static LinkedInException CreateTimeoutError(PendingJob job, TimeSpan? limit)
    {
        LinkedInException? failure = job.LastFailure;
        string status = job.Latest.Status ?? "no status yet";
        string outage = failure is null ? "" : $" The last poll failed: {failure.Message}";
        return new LinkedInException(
            LinkedInErrorId.WaitTimedOut,
            $"Export job {job.Latest.JobId} is not finished after {limit:c} ({status}).{outage} It continues at LinkedIn. To "
                + $"wait again: {job.Latest.GetResumeCommand()} | Wait-ExportJob",
            failure
        )
        {
            StatusCode = failure?.StatusCode,
            TraceId = failure?.TraceId,
            Target = job.Latest.JobId.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>LinkedIn may export a shorter period than requested.</summary>
    private void WarnAboutLaterStart(PendingJob job)
    {
        if (
            job is { Requested: CrmValidationExportJob requested, Latest: CrmValidationExportJob actual }
            && requested.ExportStartAt != default
            && actual.ExportStartAt > requested.ExportStartAt
        )
        {
            output.Diagnostics.Warning(
                $"Export job {actual.JobId} was requested from {requested.ExportStartAt:u}, but LinkedIn exports from "
                    + $"{actual.ExportStartAt:u}. Earlier data is not included."
            );
        }
    }
}
