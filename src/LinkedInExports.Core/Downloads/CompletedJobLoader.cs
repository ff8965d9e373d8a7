using LinkedInExports.Core.ExportJobs;

namespace LinkedInExports.Core.Downloads;

/// <summary>Gets a completed job with its download links.</summary>
internal sealed class CompletedJobLoader(SaveContext run, ExportJob job)
{
    /// <summary>Gets the job from LinkedIn if it has no links or was running, and waits for missing links.</summary>
    /// <returns>The job, without links only if LinkedIn announces a row count of 0, which is a warning.</returns>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.ExportJobNotCompleted"/>, <see cref="LinkedInErrorId.ExportLinksMissing"/>, or the failure of
    /// the job.
    /// </exception>
    internal async Task<ExportJob> GetAsync(JobSlot slot)
    {
        // A job from a file or another process has no links, and a job that was never waited for may be completed by now.
        ExportJob current = job;
        if (current.State == ExportJobState.Running || IsMissingLinks(current))
            current = await RefreshAsync().ConfigureAwait(false);
        if (IsMissingLinks(current))
            current = await WaitAsync(current, slot).ConfigureAwait(false);

        switch (current.State)
        {
            case ExportJobState.Failed:
                throw JobFailure.ToException(current);
            case ExportJobState.Running:
                throw new LinkedInException(
                    LinkedInErrorId.ExportJobNotCompleted,
                    $"Export job {current.JobId} is not completed yet ({current.Status}). Wait for it first: "
                        + $"{current.GetResumeCommand()} | Wait-ExportJob"
                )
                {
                    Target = SaveContext.FormatId(current),
                };
            default:
                if (current.DownloadUrls.Count == 0)
                {
                    run.Diagnostics.Warning(
                        $"Export job {current.JobId} is completed with a row count of 0 and no files: LinkedIn found nothing to "
                            + "export."
                    );
                }

                return current;
        }
    }

    /// <summary>
    /// Requests the links for some minutes. A completed job without links is not an empty export, which has a row count of 0 or
    /// a file with only a header.
    /// </summary>
    private async Task<ExportJob> WaitAsync(ExportJob current, JobSlot slot)
    {
        var schedule = new LinkPollSchedule(run.Services.Time, run.Services.Retry);
        run.Diagnostics.Warning(
            $"Export job {current.JobId} is completed, but LinkedIn returns no download link yet. Trying again for "
                + $"{run.Services.Retry.LinkTimeout:c}."
        );
        while (IsMissingLinks(current))
        {
            if (schedule.GetNextDelay() is not { } delay || !await slot.TryPauseAsync(delay).ConfigureAwait(false))
                throw CreateMissingError(current, schedule.Elapsed);
            try
            {
                current = await RefreshAsync().ConfigureAwait(false);
            }
            catch (LinkedInException outage) when (outage.IsTransient)
            {
                run.Diagnostics.Verbose($"{outage.Message} The links of export job {current.JobId} are requested again.");
            }
        }

        return current;
    }

    private Task<ExportJob> RefreshAsync() =>
        run.SendAsync(
            $"look up {job}",
            SaveContext.FormatId(job),
            async () => await run.Services.Jobs.GetAsync(job, run.Diagnostics, run.Token).ConfigureAwait(false)
        );

    private static bool IsMissingLinks(ExportJob job) =>
        job.State == ExportJobState.Completed && job.DownloadUrls.Count == 0 && job.AnnouncedRowCount != 0;

    private static LinkedInException CreateMissingError(ExportJob job, TimeSpan elapsed)
    {
        string rows = job.AnnouncedRowCount is { } count ? $" and has {count} rows" : "";
        return new LinkedInException(
            LinkedInErrorId.ExportLinksMissing,
            $"Export job {job.JobId} is completed{rows}, but LinkedIn returned no download link for "
                + $"{(int)elapsed.TotalSeconds} s. To try again: {job.GetResumeCommand()} | Save-ExportFile"
        )
        {
            Target = SaveContext.FormatId(job),
        };
    }
}
