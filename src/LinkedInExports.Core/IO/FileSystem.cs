#if NET
using System.Runtime.Versioning;
#endif

namespace LinkedInExports.Core.IO;

/// <summary>
/// The operations that change the file system. Tests replace them to simulate a failure of each, and a crash before or after
/// each.
/// </summary>
internal class FileSystem
{
    internal static FileSystem Real { get; } = new();

    private static bool IsWindows => Path.DirectorySeparatorChar == '\\';

    /// <summary>Opens a file exclusively for writing.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="mode">Specifies whether the file may, must or must not exist.</param>
    /// <param name="use">Specifies how the file is used.</param>
    /// <param name="replaced">A file that the new one will replace, and whose permissions it gets; null for none.</param>
    /// <exception cref="IOException">
    /// For example, the path is a dangling symbolic link, whose target would be created.
    /// </exception>
    internal virtual Stream Open(string path, FileMode mode, FileOpenFlags use, string? replaced = null)
    {
        if (mode is FileMode.OpenOrCreate or FileMode.Create && IsLink(path))
        {
            try
            {
                return OpenFile(path, mode == FileMode.Create ? FileMode.Truncate : FileMode.Open, use, replaced);
            }
            catch (FileNotFoundException exception)
            {
                throw new IOException($"{Path.GetFileName(path)} is a link to a file that does not exist.", exception);
            }
        }

        return OpenFile(path, mode, use, replaced);
    }

    private static FileStream OpenFile(string path, FileMode mode, FileOpenFlags use, string? replaced)
    {
        // A file that exists keeps its permissions.
        bool isRestricted = use.HasFlag(FileOpenFlags.OwnerOnly) && IsWindows && !File.Exists(path);
        FileStream stream = OpenStream(path, mode, use, replaced);
        if (isRestricted)
        {
            try
            {
                WindowsAccess.RestrictFile(path);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }

        return stream;
    }

    private static FileStream OpenStream(string path, FileMode mode, FileOpenFlags use, string? replaced)
    {
        // Only Windows has to allow that an open file is renamed.
        FileShare share =
            use.HasFlag(FileOpenFlags.AllowRename) && IsWindows ? FileShare.Delete
            : use.HasFlag(FileOpenFlags.AllowConcurrentRead) ? FileShare.Read
            : FileShare.None;
        FileOptions options = use.HasFlag(FileOpenFlags.DeleteOnClose) ? FileOptions.DeleteOnClose : FileOptions.None;
        FileAccess access = use.HasFlag(FileOpenFlags.ReadWrite) ? FileAccess.ReadWrite : FileAccess.Write;

        // Unbuffered: callers write large blocks.
#if NET
        var settings = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
            BufferSize = 0,
            Options = options,
        };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
        {
            settings.UnixCreateMode = use.HasFlag(FileOpenFlags.OwnerOnly)
                ? UnixFileMode.UserRead | UnixFileMode.UserWrite
                : GetModeOfReplacement(replaced);
        }

        return new FileStream(path, settings);
#else
        return new FileStream(path, mode, access, share, bufferSize: 1, options);
#endif
    }

    /// <summary>Opens a file for reading while other processes may write to it.</summary>
    /// <returns>The file, or null if it does not exist.</returns>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file or a parent folder is denied.</exception>
    internal virtual Stream? OpenRead(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Creating the file would create what the link points to.
            return IsLink(path) ? throw new IOException("It is a link to a file that does not exist.", exception) : null;
        }
    }

    /// <summary>Whether a file exists; unlike <see cref="File.Exists"/>, it fails if access is denied.</summary>
    /// <exception cref="IOException">The file system reports an error, or the file is a dangling link.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a parent folder is denied.</exception>
    internal bool Exists(string path)
    {
        using Stream? stream = OpenRead(path);
        return stream is not null;
    }

    /// <summary>Creates a folder and its parents, so that they exist after a power failure as well.</summary>
    internal void CreateDirectory(string path)
    {
        var parents = new List<string>();
        for (
            string? folder = path;
            folder is { Length: > 0 } && !Directory.Exists(folder);
            folder = Path.GetDirectoryName(folder)
        )
        {
            if (Path.GetDirectoryName(folder) is { Length: > 0 } parent)
                parents.Add(parent);
        }

        Directory.CreateDirectory(path);
        foreach (string parent in parents)
            FlushDirectory(parent);
    }

    /// <summary>Creates a folder that only the current user can access. A folder that exists keeps its permissions.</summary>
    internal virtual void CreatePrivateDirectory(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        bool isRestricted = IsWindows && !Directory.Exists(path);
        Directory.CreateDirectory(path);
        if (isRestricted)
            WindowsAccess.RestrictFolder(path);
    }

    /// <summary>Flushes the content to the disk.</summary>
    internal virtual void FlushToDisk(Stream stream) => ((FileStream)stream).Flush(flushToDisk: true);

    /// <summary>
    /// Renames a file atomically, and replaces an existing one. On Windows, it is repeated for up to a second while a virus
    /// scanner, a backup or a reader has one of the files open.
    /// </summary>
    internal virtual void Move(string from, string to)
    {
        RetryInUse(() => MoveOnce(from, to));
    }

    internal static void RetryInUse(Action action)
    {
        if (IsWindows)
            FileInUseRetry.Run(action, Thread.Sleep);
        else
            action();
    }

    private static void MoveOnce(string from, string to)
    {
#if NET
        File.Move(from, to, overwrite: true);
#else
        if (IsWindows)
            WindowsMove.Replace(from, to);
        else if (File.Exists(to))
            File.Replace(from, to, destinationBackupFileName: null);
        else
            File.Move(from, to);
#endif
    }

    /// <summary>
    /// Flushes a folder, so that a file that was renamed into it exists after a power failure. On Windows, a flush of the
    /// renamed file has this effect.
    /// </summary>
    internal virtual void FlushDirectory(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows())
            DirectorySync.Flush(path);
#endif
    }

    /// <summary>Removes a file if it exists.</summary>
    internal virtual void Delete(string path) => File.Delete(path);

    /// <summary>Gets the attributes of a file or link, not of its target; null if it does not exist.</summary>
    internal static FileAttributes? GetAttributes(string path)
    {
        try
        {
            return File.GetAttributes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a new file has other permissions than the one that it will replace, because of the user's mask. On Windows, a file
    /// has the permissions of its folder.
    /// </summary>
    internal static bool HasOtherPermissions(string path, string replaced) =>
#if NET
        !OperatingSystem.IsWindows() && GetModeOfReplacement(replaced) is { } mode && File.GetUnixFileMode(path) != mode;
#else
        false;
#endif

    /// <summary>
    /// Gives a new file the permissions of the one that it will replace. Some network drives do not allow any change, even to the
    /// same permissions.
    /// </summary>
    internal virtual void CopyPermissions(string replaced, string path)
    {
#if NET
        if (!OperatingSystem.IsWindows() && GetModeOfReplacement(replaced) is { } mode)
            File.SetUnixFileMode(path, mode);
#endif
    }

#if NET
    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode? GetModeOfReplacement(string? replaced) =>
        File.Exists(replaced) ? File.GetUnixFileMode(replaced) | UnixFileMode.UserWrite : null;
#endif

    /// <summary>Whether a path is that of a link, which may lead to a file that does not exist.</summary>
    internal static bool IsLink(string path) =>
#if NET
        new FileInfo(path).LinkTarget is not null;
#else
        // On Windows, files of a synchronized folder have the same attribute.
        !IsWindows && GetAttributes(path) is { } attributes && (attributes & FileAttributes.ReparsePoint) != 0;
#endif
}

/// <summary>Specifies how a file is used.</summary>
[Flags]
internal enum FileOpenFlags
{
    None = 0,

    /// <summary>Renamed while it is open.</summary>
    AllowRename = 1,

    /// <summary>Also read.</summary>
    ReadWrite = 2,

    /// <summary>Readable and writable by the current user only.</summary>
    OwnerOnly = 4,

    /// <summary>Readable by other processes while it is open.</summary>
    AllowConcurrentRead = 8,

    /// <summary>Deleted when it is closed.</summary>
    DeleteOnClose = 16,
}
