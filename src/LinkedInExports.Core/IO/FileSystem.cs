namespace LinkedInExports.Core.IO;

/// <summary>
/// The steps by which something gets onto the disk and stays there. Each can fail, and the process can end before or after
/// each: tests stand in for it and try them all.
/// </summary>
internal class FileSystem
{
    internal static FileSystem Real { get; } = new();

    /// <summary>Opens a file for us alone, to be written from its beginning or at its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Whether it may, must or must not be there.</param>
    /// <param name="use">What it is for.</param>
    /// <exception cref="IOException">
    /// Among other causes: the path is a symbolic link to nothing, where opening it would create a file in another place.
    /// </exception>
    internal virtual Stream Open(string path, FileMode mode, FileOpenFlags use)
    {
        if (mode is FileMode.OpenOrCreate or FileMode.Create && IsLink(path))
        {
            try
            {
                return OpenFile(path, mode == FileMode.Create ? FileMode.Truncate : FileMode.Open, use);
            }
            catch (FileNotFoundException exception)
            {
                throw new IOException($"{Path.GetFileName(path)} is a link to a file that does not exist.", exception);
            }
        }

        return OpenFile(path, mode, use);
    }

    private static FileStream OpenFile(string path, FileMode mode, FileOpenFlags use)
    {
        // Only Windows wants to be asked whether a file may be moved while it is open.
        FileShare share = use.HasFlag(FileOpenFlags.AllowRename) && Path.DirectorySeparatorChar == '\\' ? FileShare.Delete
            : use.HasFlag(FileOpenFlags.AllowConcurrentRead) ? FileShare.Read
            : FileShare.None;
        FileOptions options = (use.HasFlag(FileOpenFlags.Asynchronous) ? FileOptions.Asynchronous : FileOptions.None)
            | (use.HasFlag(FileOpenFlags.DeleteOnClose) ? FileOptions.DeleteOnClose : FileOptions.None);
        FileAccess access = use.HasFlag(FileOpenFlags.ReadWrite) ? FileAccess.ReadWrite : FileAccess.Write;

        // Unbuffered: what is written here comes in large pieces anyway.
#if NET
        var settings = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0, Options = options };
        if (use.HasFlag(FileOpenFlags.OwnerOnly) && !OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, settings);
#else
        return new FileStream(path, mode, access, share, bufferSize: 1, options);
#endif
    }

    /// <summary>Opens a file to read it, while others may write to it.</summary>
    /// <returns>The file; null where there is none. A file that may not be read is not one that does not exist.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or a folder above it may not be entered.</exception>
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

    /// <summary>Whether there is a file; unlike <see cref="File.Exists"/> it does not answer a refusal with no.</summary>
    /// <exception cref="IOException">That cannot be told, or the file is a link that leads nowhere.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder above it may not be entered.</exception>
    internal bool Exists(string path)
    {
        using Stream? stream = OpenRead(path);
        return stream is not null;
    }

    /// <summary>Makes a folder, with those above it, so that it is there after a power failure as well.</summary>
    internal void CreateDirectory(string path)
    {
        var parents = new List<string>();
        for (string? folder = path; folder is { Length: > 0 } && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            if (Path.GetDirectoryName(folder) is { Length: > 0 } parent)
                parents.Add(parent);
        }

        Directory.CreateDirectory(path);
        foreach (string parent in parents)
            FlushDirectory(parent);
    }

    /// <summary>Makes a folder that others on the machine cannot look into; on Windows it takes the permissions of its parent.</summary>
    internal virtual void CreatePrivateDirectory(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Makes sure that the bytes are on the disk, not only on their way there.</summary>
    internal virtual void FlushToDisk(Stream stream) => ((FileStream)stream).Flush(flushToDisk: true);

    /// <summary>Moves a file in one step, over what is there.</summary>
    internal virtual void Move(string from, string to)
    {
#if NET
        File.Move(from, to, overwrite: true);
#else
        if (File.Exists(to))
            File.Replace(from, to, destinationBackupFileName: null);
        else
            File.Move(from, to);
#endif
    }

    /// <summary>
    /// Makes sure that what was moved into a folder is found there after a power failure. Windows needs no asking: NTFS keeps
    /// the order of such steps.
    /// </summary>
    internal virtual void FlushDirectory(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows())
            DirectorySync.Flush(path);
#endif
    }

    /// <summary>Removes a file, if it is there.</summary>
    internal virtual void Delete(string path) => File.Delete(path);

    /// <summary>The attributes of what has that name, of a link and not of its target; null for nothing.</summary>
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

    private static bool IsLink(string path) => GetAttributes(path) is { } attributes && (attributes & FileAttributes.ReparsePoint) != 0;
}

/// <summary>What a file is opened for.</summary>
[Flags]
internal enum FileOpenFlags
{
    None = 0,

    /// <summary>Written by asynchronous calls.</summary>
    Asynchronous = 1,

    /// <summary>Moved while it is open.</summary>
    AllowRename = 2,

    /// <summary>Read as well.</summary>
    ReadWrite = 4,

    /// <summary>Nobody's business but the user's.</summary>
    OwnerOnly = 8,

    /// <summary>Read by others meanwhile.</summary>
    AllowConcurrentRead = 16,

    /// <summary>Gone when it is closed.</summary>
    DeleteOnClose = 32,
}
