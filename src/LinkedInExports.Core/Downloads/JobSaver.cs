using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Downloads;

/// <summary>Saves the parts of one job concurrently, and writes the results in the order of the parts.</summary>
internal sealed class JobSaver(SaveContext run, ExportJob job)
{
    private readonly SharedHeader _header = new();
    private readonly HashSet<string> _hashes = new(StringComparer.Ordinal);
    private string[]? _columns;
    private bool _hasSlot = true;
    private int _saved;
    private int _unrecognized;
    private long _rows;
    private int _headers;
    private int _reportedFailures;

    /// <summary>Saves the files. A failure is an error message. The caller has acquired one of the slots for jobs.</summary>
    internal async Task RunAsync()
    {
        try
        {
            ExportJob ready = await EnsureLinksAsync().ConfigureAwait(false);
            if (await SavePartsAsync(ready).ConfigureAwait(false))
                run.Services.Observer?.MarkSaved(ready, run.Diagnostics);
        }
        catch (Exception exception)
        {
            run.Diagnostics.Error(run.ToError(exception, job, $"save the files of {job}", SaveContext.FormatId(job)));
        }
        finally
        {
            if (_hasSlot)
                run.JobSlots.Release();
        }
    }

    /// <returns>The job with its links; without any only when LinkedIn announces a row count of 0, which is a warning.</returns>
    private async Task<ExportJob> EnsureLinksAsync()
    {
        // A job that was kept as a file or came from another process has lost its links; one that was never waited for
        // may be completed by now.
        ExportJob now = job;
        if (now.State == ExportJobState.Running || IsMissingLinks(now))
            now = await RefreshJobAsync().ConfigureAwait(false);
        if (IsMissingLinks(now))
            now = await WaitForLinksAsync(now).ConfigureAwait(false);

        switch (now.State)
        {
            case ExportJobState.Failed:
                throw JobFailure.ToException(now);
            case ExportJobState.Running:
                throw new LinkedInException(
                    LinkedInErrorId.ExportJobNotCompleted,
                    $"Export job {now.JobId} is not completed yet ({now.Status}). Wait for it first: "
                        + $"{now.GetResumeCommand()} | Wait-ExportJob"
                )
                {
                    Target = SaveContext.FormatId(now),
                };
            default:
                if (now.DownloadUrls.Count == 0)
                {
                    run.Diagnostics.Warning(
                        $"Export job {now.JobId} is completed, has a row count of 0 and no files: LinkedIn found nothing to "
                            + "export."
                    );
                }

                return now;
        }
    }

    /// <summary>
    /// Asks for the links for some minutes. A completed job without a link is not an empty export: that has a row count of 0,
    /// or a file with a header alone.
    /// </summary>
    private async Task<ExportJob> WaitForLinksAsync(ExportJob now)
    {
        var wait = new LinkPollSchedule(run.Services.Time, run.Services.Retry);
        run.Diagnostics.Warning(
            $"Export job {now.JobId} is completed, but LinkedIn gives no download link yet. Asking again for "
                + $"{run.Services.Retry.LinkTimeout:c}."
        );
        while (IsMissingLinks(now))
        {
            if (wait.GetNextDelay() is not { } pause || !await TryPauseAsync(pause).ConfigureAwait(false))
                throw CreateLinksMissingError(now, wait.Elapsed);
            try
            {
                now = await RefreshJobAsync().ConfigureAwait(false);
            }
            catch (LinkedInException outage) when (outage.IsTransient)
            {
                run.Diagnostics.Verbose($"{outage.Message} Export job {now.JobId} is asked for its links again.");
            }
        }

        return now;
    }

    private static bool IsMissingLinks(ExportJob now) =>
        now.State == ExportJobState.Completed
        && now.DownloadUrls.Count == 0
        && now is not SalesAnalyticsExportJob { RowCount: 0 };

    private static LinkedInException CreateLinksMissingError(ExportJob now, TimeSpan elapsed)
    {
        string rows = now is SalesAnalyticsExportJob { RowCount: { } count } ? $" and has {count} rows" : "";
        return new LinkedInException(
            LinkedInErrorId.ExportLinksMissing,
            $"Export job {now.JobId} is completed{rows}, but LinkedIn gave no download link for {(int)elapsed.TotalSeconds} "
                + $"s. To ask again: {now.GetResumeCommand()} | Save-ExportFile"
        )
        {
            Target = SaveContext.FormatId(now),
        };
    }

    private Task<ExportJob> RefreshJobAsync() =>
        run.SendAsync(
            $"look up {job}",
            SaveContext.FormatId(job),
            async _ => await run.Services.Jobs.GetAsync(job, run.Diagnostics, run.Token).ConfigureAwait(false)
        );

    /// <summary>Pauses, and lets another job work meanwhile.</summary>
    /// <returns>False when the time of the run is over.</returns>
    private async Task<bool> TryPauseAsync(TimeSpan pause)
    {
        run.JobSlots.Release();
        _hasSlot = false;
        try
        {
            await run.Services.Time.DelayAsync(pause, run.Token).ConfigureAwait(false);
            await run.JobSlots.WaitAsync(run.Token).ConfigureAwait(false);
            _hasSlot = true;
            return true;
        }
        catch (OperationCanceledException) when (run.IsTimedOut)
        {
            return false;
        }
    }

    /// <returns>Whether the job is done: all parts are on the disk, and recognized or accepted.</returns>
    private async Task<bool> SavePartsAsync(ExportJob ready)
    {
        FileErrors.TranslateWrite(
            run.Options.Destination,
            () => run.Services.FileSystem.CreateDirectory(run.Options.Destination)
        );
        using var links = new DownloadUrlSet(ready, run);
        run.Progress.AddFiles(links.Count);

        var parts = new List<Task>(links.Count);
        try
        {
            Task previous = Task.CompletedTask;
            for (int part = 1; part <= links.Count; part++)
            {
                // A slot before the task: so the first part, which others may need the header of, is never behind them.
                await run.FileSlots.WaitAsync(run.Token).ConfigureAwait(false);
                previous = SavePartInOrderAsync(ready, part, links, previous);
                parts.Add(previous);
            }
        }
        finally
        {
            await Task.WhenAll(parts).ConfigureAwait(false);
        }

        return _saved == links.Count && IsComplete(ready, links.Count);
    }

    private async Task SavePartInOrderAsync(ExportJob ready, int part, DownloadUrlSet links, Task previous)
    {
        string path = Path.Combine(run.Options.Destination, ExportFileName.Create(ready, part, links.Count));
        ExportManifest? manifest = null;
        var saving = new PartSaver(run, ready, part, links, _header);
        try
        {
            manifest = await saving.RunAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            ReportError(run.ToError(exception, ready, $"save {Path.GetFileName(path)}", path), links);
        }
        finally
        {
            if (part == 1)
                _header.Set(null); // Without effect once it is known.
            run.FileSlots.Release();
        }

        run.Progress.CompleteFile();
        await previous.ConfigureAwait(false);

        // One part after the other runs this, so no other task uses the fields now.
        if (manifest is null)
            return;
        ExportManifest reported = Report(manifest, path, ready, saving.IsKept);
        await run.Output.Results.WriteAsync(reported.ToSavedFile(path)).ConfigureAwait(false);
    }

    /// <summary>
    /// Compares a file with the parts before it, reports deviations, and adds the file to the totals of the job.
    /// </summary>
    /// <returns>The manifest, with a difference to the parts before it.</returns>
    private ExportManifest Report(ExportManifest manifest, string path, ExportJob ready, bool isKept)
    {
        string name = Path.GetFileName(path);
        _columns ??= manifest.Columns;
        if (!ExportSchema.HaveSameColumns(_columns, manifest.Columns))
        {
            manifest = AddDifference(
                manifest,
                path,
                $"it has other columns ({ExportSchema.DescribeHeader(manifest.Columns)}) than the parts before it "
                    + $"({ExportSchema.DescribeHeader(_columns)})"
            );
        }

        if (manifest.RowCount > 0 && !_hashes.Add(manifest.Sha256))
        {
            run.Diagnostics.Warning(
                $"{name} has the same content as another part of {ready}. LinkedIn may have given one link twice, so rows "
                    + "may be missing."
            );
        }

        if (!manifest.IsRecognized)
        {
            _unrecognized++;
            string again = isKept ? " It is the file of an earlier run; -Force downloads it again." : "";
            run.Diagnostics.Warning($"{name} is saved, but differs from LinkedIn's documentation: {manifest.Difference}.{again}");
        }

        WarnOfDeviations(manifest);
        _saved++;
        _rows += manifest.RowCount;
        _headers += manifest.HasHeader ? 1 : 0;
        return manifest;
    }

    /// <summary>Writes a difference into the manifest, unless the run before has.</summary>
    private ExportManifest AddDifference(ExportManifest manifest, string path, SanitizedText difference)
    {
        string text = difference.ToString();
        if (manifest.Difference?.Contains(text) == true)
            return manifest;
        ExportManifest changed = manifest with
        {
            IsRecognized = false,
            Difference = PartContent.JoinDifferences(manifest.Difference, text),
        };
        changed.SaveFor(run.Services.FileSystem, path);
        return changed;
    }

    /// <summary>Says what LinkedIn's documentation allows or leaves open, and users should know.</summary>
    private void WarnOfDeviations(ExportManifest manifest)
    {
        if (!manifest.IsRecognized)
            return;
        if (manifest.PartCount == 1 && manifest.HasHeader && manifest.AnnouncedRowCount == manifest.RowCount + 1)
            WarnHeaderCounted();
        string[] missing =
        [
            .. ExportSchema
                .GetColumns(manifest.ExportType)
                .Where(column =>
                    ExportSchema.IsOptional(column)
                    && manifest.Columns.Length > 0
                    && ExportSchema.IndexOf(manifest.Columns, column) < 0
                ),
        ];
        if (missing.Length > 0)
        {
            run.WarnOnce(
                $"optional {manifest.ExportType}",
                $"The files of type {manifest.ExportType} lack the optional column {string.Join(", ", missing)} (job "
                    + $"{manifest.JobId})."
            );
        }
    }

    private bool IsComplete(ExportJob ready, int count)
    {
        // The announced number is that of all parts.
        if (count > 1 && ready is SalesAnalyticsExportJob { RowCount: { } announced } && _rows != announced)
        {
            if (_headers > 0 && (_rows + 1 == announced || _rows + _headers == announced))
            {
                WarnHeaderCounted();
            }
            else
            {
                _unrecognized++;
                run.Diagnostics.Warning($"The {count} files of {ready} have {_rows} rows, and LinkedIn announced {announced}.");
            }
        }

        if (_unrecognized == 0 || run.Options.AcceptUnrecognized)
            return true;
        if (run.Services.Observer is not null)
        {
            run.Diagnostics.Warning(
                $"The checkpoint does not count {ready} as saved, because its files differ from LinkedIn's documentation. To "
                    + "download them again, specify -Force; to accept them, specify -AcceptUnrecognized."
            );
        }

        return false;
    }

    private void WarnHeaderCounted() =>
        run.WarnOnce("header", $"LinkedIn's row count includes the header row (job {job.JobId}). This is accepted.");

    /// <summary>Reports a failure of the job once, and not for each part.</summary>
    private void ReportError(LinkedInException failure, DownloadUrlSet links)
    {
        if (links.Failure is not { } jobFailure || !IsCausedBy(failure, jobFailure))
            run.Diagnostics.Error(failure);
        else if (Interlocked.Increment(ref _reportedFailures) == 1)
            run.Diagnostics.Error(jobFailure);
    }

    private static bool IsCausedBy(Exception failure, Exception cause)
    {
        for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (ReferenceEquals(inner, cause))
                return true;
        }

        return false;
    }
}
