namespace LinkedInExports.Core.IO;

/// <summary>
/// Writes a file atomically: the content goes to <c>{name}.partial</c>, which is renamed into place on commit. Before that, no
/// file has the final name.
/// </summary>
internal sealed class AtomicFileWriter : IDisposable
{
    private const string Suffix = ".partial";

    private readonly FileSystem _files;
    private readonly string _path;
    private readonly string _partialPath;
    private readonly Stream? _leftover;
    private Stream? _stream;

    private AtomicFileWriter(FileSystem files, string path, string partialPath, Stream stream, Stream? leftover)
    {
        _files = files;
        _path = path;
        _partialPath = partialPath;
        _stream = stream;
        _leftover = leftover;
    }

    /// <summary>The content of the partial file.</summary>
    internal Stream Stream => _stream ?? throw new ObjectDisposedException(nameof(AtomicFileWriter));

    /// <summary>Creates the partial file with an exclusive lock, so that another process cannot write the same file.</summary>
    /// <remarks>
    /// The file is always a new one. An existing file of that name may be a hard link to another file, so it is never written
    /// to: a leftover of a crash is removed, and a symbolic link is rejected.
    /// </remarks>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal static AtomicFileWriter Open(FileSystem files, string path, FileOpenFlags use = FileOpenFlags.None)
    {
        string partialPath = path + Suffix;
        return FileErrors.TranslateWrite(
            path,
            () =>
            {
                Stream? leftover = DeleteLeftover(files, partialPath);
                AtomicFileWriter? writer = null;
                try
                {
                    Stream stream = files.Open(partialPath, FileMode.CreateNew, use | FileOpenFlags.AllowRename, path);
                    writer = new AtomicFileWriter(files, path, partialPath, stream, leftover);
                    if (!use.HasFlag(FileOpenFlags.OwnerOnly) && FileSystem.HasOtherPermissions(partialPath, path))
                        files.CopyPermissions(path, partialPath);
                    return writer;
                }
                catch
                {
                    writer?.Dispose();
                    leftover?.Dispose();
                    throw;
                }
            }
        );
    }

    /// <summary>Removes the partial file of a process that ended; fails when the process is still running.</summary>
    /// <returns>The lock on the removed file, to hold as long as the new one: otherwise a process that has opened the old file,
    /// but not locked it yet, would treat the new file as a leftover. Null if there was no file.</returns>
    private static Stream? DeleteLeftover(FileSystem files, string partialPath)
    {
        if (FileSystem.GetAttributes(partialPath) is null)
            return null;
        if (FileSystem.IsLink(partialPath))
            throw new IOException($"{Path.GetFileName(partialPath)} is a link.");

        Stream leftover = files.Open(partialPath, FileMode.Open, FileOpenFlags.AllowRename);
        try
        {
            files.Delete(partialPath);
        }
        catch
        {
            leftover.Dispose();
            throw;
        }

        if (Path.DirectorySeparatorChar != '\\')
            return leftover;
        leftover.Dispose(); // Windows keeps the name until then.
        return null;
    }

    /// <summary>Discards the content.</summary>
    internal void Truncate() =>
        FileErrors.TranslateWrite(
            _path,
            () =>
            {
                Stream.SetLength(0);
                Stream.Position = 0;
            }
        );

    /// <summary>Flushes the content to the disk.</summary>
    internal void Flush() => FileErrors.TranslateWrite(_path, () => _files.FlushToDisk(Stream));

    /// <summary>
    /// Whether <see cref="Flush"/> may run during a write: streams of .NET Framework do not support concurrent calls.
    /// </summary>
    internal static bool CanFlushDuringWrite =>
#if NET
        true;
#else
        false;
#endif

    /// <summary>Removes an existing file with the final name.</summary>
    internal void RemoveExisting() =>
        FileErrors.TranslateWrite(
            _path,
            () =>
            {
                if (!File.Exists(_path))
                    return;
                FileSystem.RetryInUse(() => _files.Delete(_path));
                _files.FlushDirectory(Path.GetDirectoryName(_path)!);
            }
        );

    /// <summary>Renames the file into place, and replaces an existing one.</summary>
    internal void Commit() =>
        FileErrors.TranslateWrite(
            _path,
            () =>
            {
                // Renamed before it is closed, so that no other process can open it in between.
                _files.Move(_partialPath, _path);
                if (Path.DirectorySeparatorChar == '\\')
                    _files.FlushToDisk(Stream); // Writes the rename to the disk.
                Stream.Dispose();
                _stream = null;
                _leftover?.Dispose();
                _files.FlushDirectory(Path.GetDirectoryName(_path)!);
            }
        );

    /// <summary>Removes the partial file if it was not committed.</summary>
    public void Dispose()
    {
        if (_stream is null)
            return;

        try
        {
            // Removed before it is closed, so that no other process treats it as a leftover in the meantime.
            _files.Delete(_partialPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run removes the file. The original failure is reported.
        }
        finally
        {
            _stream.Dispose();
            _stream = null;
            _leftover?.Dispose();
        }
    }

    /// <summary>Writes a small file atomically.</summary>
    internal static void WriteAllBytes(FileSystem files, string path, byte[] bytes, FileOpenFlags use = FileOpenFlags.None)
    {
        using AtomicFileWriter partial = Write(files, path, bytes, use);
        partial.Commit();
    }

    /// <summary>Writes a small file to the disk. It gets its name when it is committed.</summary>
    internal static AtomicFileWriter Write(FileSystem files, string path, byte[] bytes, FileOpenFlags use = FileOpenFlags.None)
    {
        AtomicFileWriter partial = Open(files, path, use);
        try
        {
            FileErrors.TranslateWrite(path, () => partial.Stream.Write(bytes, 0, bytes.Length));
            partial.Flush();
            return partial;
        }
        catch
        {
            partial.Dispose();
            throw;
        }
    }
}
