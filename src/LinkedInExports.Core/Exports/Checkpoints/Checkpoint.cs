using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Exports.Checkpoints;

/// <summary>
/// A hold on a checkpoint: while somebody has it, no other run gets it, in this process or another.
/// </summary>
/// <remarks>
/// <para>The commands of one pipeline share it: New-… takes it first, and PowerShell lets go of all commands of a pipeline
/// together, so New-… | Wait-… | Save-… keeps every other run out until it has ended, also while it only waits. What tells
/// a pipeline's commands from another run is whose they are: the caller's runspace, which runs one pipeline at a time.
/// Where New-… and Save-… are statements of their own, the checkpoint is free in between, and whoever takes it next goes
/// on with the same jobs.</para>
/// <para>The lock is a file of its own beside the checkpoint, which is replaced with each change and so cannot be the lock. It
/// is held open and never removed (somebody else might just be opening it); when a process dies, its hold ends.</para>
/// </remarks>
public sealed class Checkpoint : IDisposable
{
    private const string LockSuffix = ".lock";

    private static readonly Dictionary<string, Hold> Holds = new(
        Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly Hold _hold;
    private bool _isDisposed;

    private Checkpoint(Hold hold) => _hold = hold;

    internal string FilePath => _hold.FilePath;

    /// <summary>Takes a checkpoint, or takes it once more.</summary>
    /// <exception cref="LinkedInException">Another run has it, or it cannot be read.</exception>
    internal static Checkpoint Open(FileSystem files, string path, string api, object run)
    {
        lock (Holds)
        {
            if (!Holds.TryGetValue(path, out Hold? hold))
                Holds.Add(path, hold = Hold.Take(files, path, api, run));
            else if (!hold.Run.Equals(run))
                throw InUse(path);
            else if (!hold.State.Api.Equals(api, StringComparison.OrdinalIgnoreCase))
                CheckpointFile.Read(path, api); // Which says so.
            hold.Users++;
            return new Checkpoint(hold);
        }
    }

    /// <summary>
    /// Looks whether a checkpoint can be used, and changes nothing. One that somebody has is not read, for it may be replaced
    /// at this moment: taking it says whose it is.
    /// </summary>
    /// <exception cref="LinkedInException">It cannot be read, or belongs to another server.</exception>
    internal static void Check(string path, string api)
    {
        lock (Holds)
        {
            if (Holds.ContainsKey(path))
                return;
            try
            {
                using FileStream? hold = File.Exists(path + LockSuffix)
                    ? new FileStream(path + LockSuffix, FileMode.Open, FileAccess.Read, FileShare.None)
                    : null;
                CheckpointFile.Read(path, api);
            }
            catch (IOException exception) when (FileErrors.IsInUse(exception))
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.CreateReadError(path + LockSuffix, exception);
            }
        }
    }

    /// <summary>
    /// Says that all files of a job are on the disk: the watermark moves, if the checkpoint waits for that job and for none
    /// before it.
    /// </summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>; the next run says it again.</exception>
    public void Saved(ExportJob job, ICommandOutput messages)
    {
        (string owner, DateTimeOffset? end) = job switch
        {
            CrmValidationExportJob crm => (crm.CrmInstanceId, crm.ExportEndAt),
            SalesAnalyticsExportJob sales => (sales.Contract, sales.EndAt),
            _ => throw new NotSupportedException($"A job of type {job.GetType()}."),
        };
        lock (_hold)
        {
            ExportSeries[] candidates =
                [.. _hold.State.Series.Where(series => series.Owner == owner && (job.Kind is null || series.Kind == job.Kind))];
            foreach (ExportSeries series in candidates)
            {
                ExportSeries after = series.WithSaved(job);
                if (after == series)
                    continue;
                _hold.Replace(after);
                if (series.HasImplausibleEnd(job))
                    messages.Warning($"LinkedIn says that {job} ends at {end!.Value.UtcDateTime:u}, long after it was created. The next export starts at {after.Watermark?.UtcDateTime:u}.");
                messages.Verbose(after.Watermark is { } watermark
                    ? $"{FilePath}: {series.Kind} data of {owner} is saved up to {watermark.UtcDateTime:u}."
                    : $"{FilePath}: {job} is saved, and one before it is not.");
                return;
            }

            if (candidates.Any(series => end <= series.Watermark || series.LastSavedJobId == job.JobId))
                messages.Verbose($"{FilePath}: {job} was saved before.");
            else
                messages.Warning($"{FilePath} does not wait for {job}, so its watermark stays. Give -CheckpointPath to the command that creates the job as well.");
        }
    }

    /// <summary>The series of a kind and owner.</summary>
    internal ExportSeries Of(ExportKind kind, string owner)
    {
        lock (_hold)
            return _hold.State.Of(kind, owner);
    }

    /// <summary>
    /// Changes a series as it is now, on the disk first. One command of a pipeline creates jobs while another saves them, so
    /// nobody changes what he saw a moment ago.
    /// </summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>; nothing has changed.</exception>
    internal void Change(ExportKind kind, string owner, Func<ExportSeries, ExportSeries> change)
    {
        lock (_hold)
            _hold.Replace(change(_hold.State.Of(kind, owner)));
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose()
    {
        lock (Holds)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            if (--_hold.Users > 0)
                return;
            Holds.Remove(FilePath);
            lock (_hold)
                _hold.Release();
        }
    }

    private static LinkedInException InUse(string path) =>
        new(LinkedInErrorId.CheckpointInUse, $"The checkpoint {path} is in use by another run.") { Target = path };

    /// <summary>What all holders in a process share.</summary>
    private sealed class Hold
    {
        private readonly FileSystem _files;
        private readonly Stream _lock;
        private bool _isReleased;

        private Hold(FileSystem files, string path, object run, Stream lockFile, CheckpointState state)
        {
            _files = files;
            FilePath = path;
            Run = run;
            _lock = lockFile;
            State = state;
        }

        internal string FilePath { get; }

        internal object Run { get; }

        internal int Users { get; set; }

        internal CheckpointState State { get; private set; }

        internal static Hold Take(FileSystem files, string path, string api, object run)
        {
            Stream lockFile = FileErrors.TranslateWrite(path, () =>
            {
                files.CreateDirectory(Path.GetDirectoryName(path)!);
                try
                {
                    return files.Open(path + LockSuffix, FileMode.OpenOrCreate, FileOpenFlags.OwnerOnly);
                }
                catch (IOException exception) when (FileErrors.IsInUse(exception))
                {
                    throw InUse(path);
                }
            });
            try
            {
                return new Hold(files, path, run, lockFile, CheckpointFile.Read(path, api) ?? new CheckpointState { Api = api });
            }
            catch
            {
                lockFile.Dispose();
                throw;
            }
        }

        internal void Replace(ExportSeries series)
        {
            if (_isReleased)
                throw new ObjectDisposedException(nameof(Checkpoint)); // A straggler, whom nobody hears any more.
            CheckpointState changed = State.With(series);
            CheckpointFile.Write(_files, FilePath, changed);
            State = changed;
        }

        internal void Release()
        {
            _isReleased = true;
            _lock.Dispose();
        }
    }
}
