using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Checkpoints;

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
public sealed class CheckpointLease : ISavedJobObserver, IDisposable
{
    private const string LockSuffix = ".lock";

    private static readonly Dictionary<string, SharedCheckpoint> SharedCheckpoints = new(
        Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly SharedCheckpoint _shared;
    private bool _isDisposed;

    private CheckpointLease(SharedCheckpoint hold) => _shared = hold;

    internal string FilePath => _shared.FilePath;

    /// <summary>Takes a checkpoint, or takes it once more.</summary>
    /// <exception cref="LinkedInException">Another run has it, or it cannot be read.</exception>
    internal static CheckpointLease Open(FileSystem files, string path, string api, object run)
    {
        lock (SharedCheckpoints)
        {
            if (!SharedCheckpoints.TryGetValue(path, out SharedCheckpoint? hold))
                SharedCheckpoints.Add(path, hold = SharedCheckpoint.Acquire(files, path, api, run));
            else if (!hold.Owner.Equals(run))
                throw CreateInUseError(path);
            else if (!hold.State.Api.Equals(api, StringComparison.OrdinalIgnoreCase))
                CheckpointFile.Read(path, api); // Which says so.
            hold.LeaseCount++;
            return new CheckpointLease(hold);
        }
    }

    /// <summary>
    /// Looks whether a checkpoint can be used, and changes nothing. One that somebody has is not read, for it may be replaced
    /// at this moment: taking it says whose it is.
    /// </summary>
    /// <exception cref="LinkedInException">It cannot be read, or belongs to another server.</exception>
    internal static void Validate(string path, string api)
    {
        lock (SharedCheckpoints)
        {
            if (SharedCheckpoints.ContainsKey(path))
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
    public void MarkSaved(ExportJob job, ICommandOutput output)
    {
        (string owner, DateTimeOffset? end) = (job.Owner, job.PeriodEndAt);
        lock (_shared)
        {
            ExportSeries[] candidates =
                [.. _shared.State.Series.Where(series => series.Owner == owner && (job.ExportType is null || series.ExportType == job.ExportType))];
            foreach (ExportSeries series in candidates)
            {
                ExportSeries after = series.MarkSaved(job);
                if (after == series)
                    continue;
                _shared.Replace(after);
                if (series.HasImplausibleEnd(job))
                    output.Warning($"LinkedIn says that {job} ends at {end!.Value.UtcDateTime:u}, long after it was created. The next export starts at {after.Watermark?.UtcDateTime:u}.");
                output.Verbose(after.Watermark is { } watermark
                    ? $"{FilePath}: {series.ExportType} data of {owner} is saved up to {watermark.UtcDateTime:u}."
                    : $"{FilePath}: {job} is saved, and one before it is not.");
                return;
            }

            if (candidates.Any(series => end <= series.Watermark || series.LastSavedJobId == job.JobId))
                output.Verbose($"{FilePath}: {job} was saved before.");
            else
                output.Warning($"{FilePath} does not wait for {job}, so its watermark stays. Give -CheckpointPath to the command that creates the job as well.");
        }
    }

    /// <summary>The series of a kind and owner.</summary>
    internal ExportSeries GetSeries(ExportType exportType, string owner)
    {
        lock (_shared)
            return _shared.State.GetSeries(exportType, owner);
    }

    /// <summary>
    /// Changes a series as it is now, on the disk first. One command of a pipeline creates jobs while another saves them, so
    /// nobody changes what he saw a moment ago.
    /// </summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>; nothing has changed.</exception>
    internal void Update(ExportType exportType, string owner, Func<ExportSeries, ExportSeries> change)
    {
        lock (_shared)
            _shared.Replace(change(_shared.State.GetSeries(exportType, owner)));
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose()
    {
        lock (SharedCheckpoints)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            if (--_shared.LeaseCount > 0)
                return;
            SharedCheckpoints.Remove(FilePath);
            lock (_shared)
                _shared.Release();
        }
    }

    private static LinkedInException CreateInUseError(string path) =>
        new(LinkedInErrorId.CheckpointInUse, $"The checkpoint {path} is in use by another run.") { Target = path };

    /// <summary>What all holders in a process share.</summary>
    private sealed class SharedCheckpoint
    {
        private readonly FileSystem _files;
        private readonly Stream _lock;
        private bool _isReleased;

        private SharedCheckpoint(FileSystem files, string path, object run, Stream lockFile, CheckpointState state)
        {
            _files = files;
            FilePath = path;
            Owner = run;
            _lock = lockFile;
            State = state;
        }

        internal string FilePath { get; }

        internal object Owner { get; }

        internal int LeaseCount { get; set; }

        internal CheckpointState State { get; private set; }

        internal static SharedCheckpoint Acquire(FileSystem files, string path, string api, object run)
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
                    throw CreateInUseError(path);
                }
            });
            try
            {
                return new SharedCheckpoint(files, path, run, lockFile, CheckpointFile.Read(path, api) ?? new CheckpointState { Api = api });
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
                throw new ObjectDisposedException(nameof(CheckpointLease)); // A straggler, whom nobody hears any more.
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
