using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>
/// A lock on a checkpoint, which keeps out other runs in this process and others.
/// </summary>
/// <remarks>
/// <para>The commands of a pipeline share the lock: New-… acquires it, and PowerShell disposes all commands of a pipeline
/// together, so New-… | Wait-… | Save-… keeps it to the end. The owner of the lock is the runspace, which runs one pipeline at
/// a time. Between separate New-… and Save-… statements the checkpoint is unlocked, and another run may continue with its
/// jobs.</para>
/// <para>The lock is a separate file, because the checkpoint is replaced with each change. It is kept open and never removed,
/// because another process may be opening it. After a crash, the operating system releases it.</para>
/// </remarks>
public sealed class CheckpointLease : ISavedJobObserver, IDisposable
{
    private const string LockSuffix = ".lock";

    private static readonly Dictionary<string, SharedCheckpoint> SharedCheckpoints = new(
        Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal
    );

    private readonly SharedCheckpoint _shared;
    private bool _isDisposed;

    private CheckpointLease(SharedCheckpoint shared) => _shared = shared;

    internal string FilePath => _shared.FilePath;

    /// <summary>Locks a checkpoint, or shares the lock of the same owner.</summary>
    /// <exception cref="LinkedInException">Another run has locked it, or it cannot be read.</exception>
    internal static CheckpointLease Open(FileSystem files, string path, string api, object owner)
    {
        FileErrors.TranslateWrite(path, () => EnsureNoLink(path));
        lock (SharedCheckpoints)
        {
            if (!SharedCheckpoints.TryGetValue(path, out SharedCheckpoint? shared))
                SharedCheckpoints.Add(path, shared = SharedCheckpoint.Acquire(files, path, api, owner));
            else if (!shared.Owner.Equals(owner))
                throw CreateInUseError(path);
            else if (!shared.State.Api.Equals(api, StringComparison.OrdinalIgnoreCase))
                CheckpointFile.Read(path, api); // Throws the error.
            shared.LeaseCount++;
            return new CheckpointLease(shared);
        }
    }

    /// <summary>
    /// Checks whether a checkpoint can be used, without a change. A locked one is not read, because it may be replaced at that
    /// moment.
    /// </summary>
    /// <exception cref="LinkedInException">The checkpoint cannot be read, or belongs to another server.</exception>
    internal static void Validate(string path, string api)
    {
        lock (SharedCheckpoints)
        {
            if (SharedCheckpoints.ContainsKey(path))
                return;
            try
            {
                EnsureNoLink(path);
                using FileStream? lockFile = File.Exists(path + LockSuffix)
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
    /// Records that all files of a job are on the disk. The watermark moves if no earlier job is missing.
    /// </summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>; the next run repeats it.</exception>
    public void MarkSaved(ExportJob job, IDiagnostics diagnostics)
    {
        (string owner, DateTimeOffset? end) = (job.Owner, job.PeriodEndAt);
        lock (_shared)
        {
            ExportSeries[] candidates =
            [
                .. _shared.State.Series.Where(series =>
                    series.Owner == owner && (job.ExportType is null || series.ExportType == job.ExportType)
                ),
            ];
            foreach (ExportSeries series in candidates)
            {
                ExportSeries after = series.MarkSaved(job);
                if (after == series)
                    continue;
                _shared.Replace(after);
                if (series.HasImplausibleEnd(job))
                {
                    diagnostics.Warning(
                        $"LinkedIn says that {job} ends at {end!.Value.UtcDateTime:u}, long after it was created. The next "
                            + $"export starts at {after.Watermark?.UtcDateTime:u}."
                    );
                }

                diagnostics.Verbose(
                    after.Watermark is { } watermark
                        ? $"{FilePath}: {series.ExportType} data of {owner} is saved up to {watermark.UtcDateTime:u}."
                        : $"{FilePath}: {job} is saved, but an earlier job is not."
                );
                return;
            }

            if (candidates.Any(series => end <= series.Watermark || series.LastSavedJobId == job.JobId))
            {
                diagnostics.Verbose($"{FilePath}: {job} was saved before.");
            }
            else
            {
                diagnostics.Warning(
                    $"{FilePath} does not track {job}, so its watermark was not moved. Specify -CheckpointPath for the "
                        + "command that creates the job, too."
                );
            }
        }
    }

    /// <summary>Gets the series of an export type and owner.</summary>
    internal ExportSeries GetSeries(ExportType exportType, string owner)
    {
        lock (_shared)
            return _shared.State.GetSeries(exportType, owner);
    }

    /// <summary>
    /// Changes the current state of a series, on the disk first. Commands of a pipeline create and save jobs concurrently, so
    /// the change must not be based on an earlier state.
    /// </summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>; the series is unchanged.</exception>
    internal void Update(ExportType exportType, string owner, Func<ExportSeries, ExportSeries> change)
    {
        lock (_shared)
            _shared.Replace(change(_shared.State.GetSeries(exportType, owner)));
    }

    /// <summary>Releases the lock.</summary>
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

    /// <summary>
    /// A change replaces the file. A link would be replaced as well, and its target would keep the old state.
    /// </summary>
    private static void EnsureNoLink(string path)
    {
        if (FileSystem.IsLink(path))
        {
            throw new LinkedInException(
                LinkedInErrorId.InvalidPath,
                $"The checkpoint {path} is a link, which a change would replace. Specify the file to which it leads."
            )
            {
                Target = path,
            };
        }
    }

    /// <summary>The state that all leases of a process share.</summary>
    private sealed class SharedCheckpoint
    {
        private readonly FileSystem _files;
        private readonly Stream _lock;
        private bool _isReleased;

        private SharedCheckpoint(FileSystem files, string path, object owner, Stream lockFile, CheckpointState state)
        {
            _files = files;
            FilePath = path;
            Owner = owner;
            _lock = lockFile;
            State = state;
        }

        internal string FilePath { get; }

        internal object Owner { get; }

        internal int LeaseCount { get; set; }

        internal CheckpointState State { get; private set; }

        internal static SharedCheckpoint Acquire(FileSystem files, string path, string api, object owner)
        {
            Stream lockFile = FileErrors.TranslateWrite(
                path,
                () =>
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
                }
            );
            try
            {
                return new SharedCheckpoint(
                    files,
                    path,
                    owner,
                    lockFile,
                    CheckpointFile.Read(path, api) ?? new CheckpointState { Api = api }
                );
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
                throw new ObjectDisposedException(nameof(CheckpointLease)); // A late call of a worker after the release.
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
