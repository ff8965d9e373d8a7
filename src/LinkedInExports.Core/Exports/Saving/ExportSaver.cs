using System.Globalization;
using System.Threading.Channels;
using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Records;

namespace LinkedInExports.Core.Exports.Saving;

/// <summary>
/// Saves the files of completed jobs, several at a time, each whole and verified or not at all. What is there already and
/// verifies is not fetched again. Jobs may be added while others are saved.
/// </summary>
public sealed class ExportSaver
{
    private readonly Channel<ExportJob> _input = Channel.CreateUnbounded<ExportJob>();
    private readonly RequestPipeline _pipeline;
    private readonly ExportJobs _jobs;
    private readonly SaveOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTimeout;
    private readonly string _api;
    private readonly FileSystem _files;

    internal ExportSaver(
        RequestPipeline pipeline, ExportJobs jobs, SaveOptions options, TimeProvider time, TimeSpan idleTimeout, string api, FileSystem files)
    {
        _files = files;
        _api = api;
        _pipeline = pipeline;
        _jobs = jobs;
        _options = options;
        _time = time;
        _idleTimeout = idleTimeout;
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
    public async Task RunAsync(IMessages messages, CancellationToken cancellation)
    {
        var progress = new SaveProgress(messages, _time);
        using var jobSlots = new SemaphoreSlim(_options.ThrottleLimit);
        using var fileSlots = new SemaphoreSlim(_options.ThrottleLimit);
        var saving = new List<Task>();
        var seen = new HashSet<(Type Kind, long JobId)>();
        try
        {
            while (await _input.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
            {
                while (_input.Reader.TryRead(out ExportJob? job))
                {
                    if (!seen.Add((job.GetType(), job.JobId)))
                    {
                        messages.Verbose($"{job} came before.");
                        continue;
                    }

                    await jobSlots.WaitAsync(cancellation).ConfigureAwait(false);
                    saving.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
                    saving.Add(SaveJobAsync(job));
                }
            }
        }
        finally
        {
            // Also when stopped: each takes its partial file along.
            await Task.WhenAll(saving).ConfigureAwait(false);
        }

        async Task SaveJobAsync(ExportJob job)
        {
            try
            {
                ExportJob ready = await WithLinksAsync(job, messages, cancellation).ConfigureAwait(false);
                if (await SavePartsAsync(ready, fileSlots, progress, messages, cancellation).ConfigureAwait(false))
                    _options.JobSaved?.Invoke(ready, messages);
            }
            catch (LinkedInException failure)
            {
                messages.Error(failure);
            }
            finally
            {
                jobSlots.Release();
            }
        }
    }

    /// <returns>The job with its links; without any when LinkedIn found nothing to export, which has been said.</returns>
    private async Task<ExportJob> WithLinksAsync(ExportJob job, IMessages messages, CancellationToken cancellation)
    {
        // A job that was kept as a file or came from another process has lost its links; one that was never waited for
        // may be completed by now.
        if (job.State == ExportJobState.Running || (job.State == ExportJobState.Completed && job.DownloadUrls.Count == 0))
            job = await _jobs.GetAsync(job, messages, cancellation).ConfigureAwait(false);

        string id = job.JobId.ToString(CultureInfo.InvariantCulture);
        switch (job.State)
        {
            case ExportJobState.Failed:
                throw FailedJob.Failure(job);
            case ExportJobState.Running:
                throw new LinkedInException(
                    LinkedInErrorId.ExportJobNotCompleted, $"Export job {id} is not completed yet ({job.Status}). Wait for it first: {ExportJobs.HowToGoOn(job)} | Wait-ExportJob")
                { Target = id };
            default:
                if (job.DownloadUrls.Count == 0)
                    messages.Warning($"Export job {id} is completed and has no files: LinkedIn found nothing to export.");
                return job;
        }
    }

    /// <returns>Whether all parts are on the disk.</returns>
    private async Task<bool> SavePartsAsync(
        ExportJob job, SemaphoreSlim slots, SaveProgress progress, IMessages messages, CancellationToken cancellation)
    {
        FileFailure.WhenWriting(_options.Destination, () => _files.CreateFolder(_options.Destination));
        using var links = new DownloadLinks(job, _jobs);
        var header = new JobHeader();
        string[]? columns = null;
        int saved = 0;
        progress.AddFiles(links.Count);

        var parts = new List<Task>(links.Count);
        try
        {
            Task before = Task.CompletedTask;
            for (int part = 1; part <= links.Count; part++)
            {
                // A slot before the task: so the first part, which others may need the header of, is never behind them.
                await slots.WaitAsync(cancellation).ConfigureAwait(false);
                before = SaveInTurnAsync(part, before);
                parts.Add(before);
            }
        }
        finally
        {
            await Task.WhenAll(parts).ConfigureAwait(false);
        }

        return saved == links.Count;

        async Task SaveInTurnAsync(int part, Task before)
        {
            string path = Path.Combine(_options.Destination, ExportFileName.Of(job, part, links.Count));
            ExportManifest? manifest = null;
            try
            {
                manifest = await SavePartAsync(path, job, part, links, header, progress, messages, cancellation).ConfigureAwait(false);
            }
            catch (LinkedInException failure)
            {
                messages.Error(failure);
            }
            finally
            {
                if (part == 1)
                    header.Set(null); // Without effect once it is known.
                slots.Release();
            }

            progress.FileDone();
            await before.ConfigureAwait(false);
            if (manifest is null)
                return;

            // Parts take their turns here, so nobody else looks at the columns or counts now.
            columns ??= manifest.Columns;
            if (!Columns.AreSame(columns, manifest.Columns))
            {
                messages.Error(NotAnExport(path, $"has other columns ({Columns.Describe(manifest.Columns)}) than the parts before it ({Columns.Describe(columns)}): they do not belong together"));
                return;
            }

            saved++;
            messages.Output(manifest.ToSavedFile(path));
        }
    }

    private async Task<ExportManifest> SavePartAsync(
        string path, ExportJob job, int part, DownloadLinks links, JobHeader header, SaveProgress progress, IMessages messages, CancellationToken cancellation)
    {
        ExportManifest manifest = Identity(job, part, links.Count);
        if (await KeptAsync(path, manifest, header, messages, cancellation).ConfigureAwait(false) is { } kept)
            return kept;

        using PartialFile file = PartialFile.Open(_files, path);

        // Again, now that nobody else can be at it: another process may just have finished the same file.
        if (await KeptAsync(path, manifest, header, messages, cancellation).ConfigureAwait(false) is { } savedByOthers)
            return savedByOthers;

        var download = new PartDownload(_pipeline, links, job, part, path, _time, _idleTimeout);
        ArrivedPart arrived = await download.RunAsync(file, progress.Begin(), messages, cancellation).ConfigureAwait(false);

        manifest.Kind = arrived.Kind;
        manifest.Length = arrived.Length;
        manifest.RowCount = arrived.Rows;
        manifest.Sha256 = arrived.Sha256;
        manifest.HasHeader = arrived.HasHeader;
        manifest.Columns = await ColumnsAsync(arrived, part, path, header).ConfigureAwait(false);

        // The manifest first: a run that dies between the two leaves one without a file, and the next run fetches the
        // file. The other way round it would find a file that nothing vouches for.
        file.Flush();
        manifest.WriteBeside(_files, path);
        file.Commit();
        return manifest;
    }

    /// <summary>What can be said of a file before it is there.</summary>
    private ExportManifest Identity(ExportJob job, int part, int partCount)
    {
        (string owner, DateTimeOffset? start, DateTimeOffset? end) = job switch
        {
            CrmValidationExportJob crm => (crm.CrmInstanceId, crm.ExportStartAt, crm.ExportEndAt),
            SalesAnalyticsExportJob sales => (sales.Contract, sales.StartAt, sales.EndAt),
            _ => throw new NotSupportedException($"A job of type {job.GetType()}."),
        };
        return new ExportManifest
        {
            Format = ExportManifest.CurrentFormat,
            Api = _api,
            Owner = owner,
            JobId = job.JobId,
            StartAt = start?.ToUnixTimeMilliseconds(),
            EndAt = end?.ToUnixTimeMilliseconds(),
            Part = part,
            PartCount = partCount,
        };
    }

    /// <returns>The manifest of the file that is there already and is this part, or null when there is none.</returns>
    /// <exception cref="LinkedInException">Something else is there.</exception>
    private async Task<ExportManifest?> KeptAsync(
        string path, ExportManifest expected, JobHeader header, IMessages messages, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
            throw Exists(path, "is a folder");
        if (_options.Force || !File.Exists(path))
            return null;

        ExportManifest? manifest = ExportManifest.Beside(path, out bool isDamaged);
        if (manifest?.IsOf(expected) != true)
            throw Exists(path, isDamaged ? "exists, and its manifest is damaged or was edited" : "exists, and nothing shows that it is this export");

        // Hashing a large file takes a while: not on the thread that starts the other parts.
        if (!await Task.Run(() => manifest.Verifies(path, cancellation), cancellation).ConfigureAwait(false))
            throw Exists(path, "exists, and is not as it was saved");

        messages.Verbose($"{path} exists and is valid; skipping.{(manifest.HasChecksum ? "" : " Its manifest is from an earlier version of this module and has no checksum of its own.")}");
        if (expected.Part == 1)
            header.Set(manifest.Columns);
        return manifest;
    }

    private static LinkedInException Exists(string path, string how) =>
        new(LinkedInErrorId.FileExists, $"{path} {how}. It was left as it is; -Force writes over a file.") { Target = path };

    private static async Task<string[]> ColumnsAsync(ArrivedPart arrived, int part, string path, JobHeader header)
    {
        if (arrived.HasHeader || arrived.FirstRow.Length == 0)
        {
            string[] own = arrived.HasHeader ? arrived.FirstRow : [.. Columns.Of(arrived.Kind)];
            if (part == 1)
                header.Set(own);
            return own;
        }

        if (part == 1)
            throw NotAnExport(path, "came without a header, and is the first part");
        string[] columns = await header.Columns.ConfigureAwait(false)
            ?? throw new LinkedInException(
                LinkedInErrorId.DownloadIncomplete,
                $"{Path.GetFileName(path)} came without a header, and the first part, which has it, could not be saved.")
            { Target = path };
        return columns.Length == arrived.FirstRow.Length && LooksLikeData(arrived, columns)
            ? columns
            : throw NotAnExport(path, "came without a header, and its rows do not fit that of the first part");
    }

    /// <summary>A row of anything may have the right number of commas; it has no times where the export has them.</summary>
    private static bool LooksLikeData(ArrivedPart arrived, string[] columns) =>
        arrived.Kind != ExportKind.CrmValidation
        || Columns.Times.All(column => long.TryParse(
            arrived.FirstRow[Columns.IndexOf(columns, column)], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));

    private static LinkedInException NotAnExport(string path, string why) =>
        new(LinkedInErrorId.DownloadNotAnExport, $"{Path.GetFileName(path)} {why}.") { Target = path };
}
