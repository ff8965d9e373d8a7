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
    private int _reportedFailures;

    /// <summary>Saves the files. A failure is an error message. The caller has acquired one of the slots for jobs.</summary>
    internal async Task RunAsync()
    {
        using var slot = new JobSlot(run);
        try
        {
            ExportJob completedJob = await new CompletedJobLoader(run, job).GetAsync(slot).ConfigureAwait(false);
            if (await SavePartsAsync(completedJob).ConfigureAwait(false))
            {
                run.Services.Recorder.MarkSaved(completedJob, run.Diagnostics);
                run.Services.Observer?.MarkSaved(completedJob, run.Diagnostics);
            }
        }
        catch (Exception exception)
        {
            run.Diagnostics.Error(run.ToError(exception, job, $"save the files of {job}", SaveContext.FormatId(job)));
        }
    }

    /// <returns>Whether all parts are saved, and recognized or accepted.</returns>
    private async Task<bool> SavePartsAsync(ExportJob completedJob)
    {
        FileErrors.TranslateWrite(
            run.Options.Destination,
            () => run.Services.FileSystem.CreateDirectory(run.Options.Destination)
        );
        using var links = new DownloadUrlSet(completedJob, run);
        var savedParts = new SavedParts(run, completedJob);
        run.Progress.AddFiles(links.Count);

        var parts = new List<Task>(links.Count);
        try
        {
            Task previous = Task.CompletedTask;
            for (int part = 1; part <= links.Count; part++)
            {
                // The slot is acquired before the task starts, so the first part, whose header others may need, starts first.
                await run.FileSlots.WaitAsync(run.Token).ConfigureAwait(false);
                previous = SavePartInOrderAsync(completedJob, part, links, savedParts, previous);
                parts.Add(previous);
            }
        }
        finally
        {
            await Task.WhenAll(parts).ConfigureAwait(false);
        }

        return savedParts.Count == links.Count && savedParts.IsComplete();
    }

    private async Task SavePartInOrderAsync(
        ExportJob completedJob,
        int part,
        DownloadUrlSet links,
        SavedParts savedParts,
        Task previous
    )
    {
        ExportManifest? manifest = null;
        var saving = new PartSaver(run, completedJob, part, links, _header);
        string path = saving.FilePath;
        try
        {
            manifest = await saving.RunAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            ReportError(run.ToError(exception, completedJob, $"save {Path.GetFileName(path)}", path), links);
        }
        finally
        {
            if (part == 1)
                _header.Set(null); // No effect if it is set already.
            run.FileSlots.Release();
        }

        run.Progress.CompleteFile();
        await previous.ConfigureAwait(false);

        // The parts run this one after the other, so no other task uses the totals now.
        if (manifest is null)
            return;
        ExportManifest reported = savedParts.Add(manifest, path, saving.IsKept);
        await run.Output.Results.WriteAsync(reported.ToSavedFile(path)).ConfigureAwait(false);
    }

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
