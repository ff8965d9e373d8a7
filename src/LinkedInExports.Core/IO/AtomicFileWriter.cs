namespace LinkedInExports.Core.IO;

/// <summary>
/// A file on its way: it is written beside its place under a name of its own, and moves there in one step when it is
/// whole. Whatever happens before leaves nothing under the final name.
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

    /// <summary>Where the bytes go.</summary>
    internal Stream Stream => _stream ?? throw new ObjectDisposedException(nameof(AtomicFileWriter));

    /// <summary>Creates the partial file with an exclusive lock: another process that saves the same file fails.</summary>
    /// <remarks>
    /// The file is always a new one. What already has its name may be another name of a file that is not ours (a hard link),
    /// so nothing is ever written into it: after a crash it is removed, and a symbolic link, also a dangling one, is refused.
    /// </remarks>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal static AtomicFileWriter Open(FileSystem files, string path, FileOpenFlags use = FileOpenFlags.None)
    {
        string partialPath = path + Suffix;
        return FileErrors.TranslateWrite(path, () =>
        {
            Stream? leftover = DeleteLeftover(files, partialPath);
            try
            {
                return new AtomicFileWriter(files, path, partialPath, files.Open(partialPath, FileMode.CreateNew, use | FileOpenFlags.AllowRename), leftover);
            }
            catch
            {
                leftover?.Dispose();
                throw;
            }
        });
    }

    /// <summary>Removes the partial file of a process that ended; fails when the process is still running.</summary>
    /// <returns>
    /// The lock on what was removed, to be held as long as ours: a process that has opened the old file by its name, but not
    /// locked it yet, then takes ours for no leftover. Null when there was none.
    /// </returns>
    private static Stream? DeleteLeftover(FileSystem files, string partialPath)
    {
        if (FileSystem.GetAttributes(partialPath) is not { } attributes)
            return null;
        if ((attributes & FileAttributes.ReparsePoint) != 0)
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

    /// <summary>Throws away what has been written.</summary>
    internal void Truncate() => FileErrors.TranslateWrite(_path, () =>
    {
        Stream.SetLength(0);
        Stream.Position = 0;
    });

    /// <summary>Makes sure that the bytes are on the disk, not only on their way there.</summary>
    internal void Flush() => FileErrors.TranslateWrite(_path, () => _files.FlushToDisk(Stream));

    /// <summary>Whether <see cref="Flush"/> may run while more is written: the streams of .NET Framework do not bear two callers.</summary>
    internal static bool CanFlushDuringWrite =>
#if NET
        true;
#else
        false;
#endif

    /// <summary>Moves the whole file to its place, over what is there.</summary>
    internal void Commit() => FileErrors.TranslateWrite(_path, () =>
    {
        // Moved before it is closed: in between, somebody else could open and empty it.
        _files.Move(_partialPath, _path);
        Stream.Dispose();
        _stream = null;
        _leftover?.Dispose();
        _files.FlushDirectory(Path.GetDirectoryName(_path)!);
    });

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        if (_stream is null)
            return;

        try
        {
            // Removed before it is closed: in between, another process could take it for a leftover and create its own.
            _files.Delete(_partialPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run removes what is left. The failure that led here is the one to report.
        }
        finally
        {
            _stream.Dispose();
            _stream = null;
            _leftover?.Dispose();
        }
    }

    /// <summary>Writes a small file whole: beside its place, flushed, and moved there.</summary>
    internal static void WriteAllBytes(FileSystem files, string path, byte[] bytes, FileOpenFlags use = FileOpenFlags.None)
    {
        using AtomicFileWriter partial = Open(files, path, use);
        FileErrors.TranslateWrite(path, () => partial.Stream.Write(bytes, 0, bytes.Length));
        partial.Flush();
        partial.Commit();
    }
}
