namespace LinkedInExports.Core.Durability;

/// <summary>
/// A file on its way: it is written beside its place under a name of its own, and moves there in one step when it is
/// whole. Whatever happens before leaves nothing under the final name.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const string Suffix = ".partial";

    private readonly FileSystem _files;
    private readonly string _path;
    private readonly string _partialPath;
    private Stream? _stream;

    private PartialFile(FileSystem files, string path, string partialPath, Stream stream)
    {
        _files = files;
        _path = path;
        _partialPath = partialPath;
        _stream = stream;
    }

    /// <summary>Where the bytes go.</summary>
    internal Stream Stream => _stream ?? throw new ObjectDisposedException(nameof(PartialFile));

    /// <summary>Opens the partial file, for us alone: another process that saves the same file is refused.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal static PartialFile Open(FileSystem files, string path, FileUse use = FileUse.None)
    {
        string partialPath = path + Suffix;
        return FileFailure.WhenWriting(path, () =>
        {
            // What a run left behind that died is ours to overwrite; a link somebody put there is not.
            if (File.Exists(partialPath) && (File.GetAttributes(partialPath) & FileAttributes.ReparsePoint) != 0)
                throw new IOException($"{Path.GetFileName(partialPath)} is a link.");
            return new PartialFile(files, path, partialPath, files.Open(partialPath, FileMode.OpenOrCreate, use | FileUse.Moves));
        });
    }

    /// <summary>Throws away what has been written.</summary>
    internal void StartOver() => FileFailure.WhenWriting(_path, () =>
    {
        Stream.SetLength(0);
        Stream.Position = 0;
    });

    /// <summary>Makes sure that the bytes are on the disk, not only on their way there.</summary>
    internal void Flush() => FileFailure.WhenWriting(_path, () => _files.FlushToDisk(Stream));

    /// <summary>Whether <see cref="Flush"/> may run while more is written: the streams of .NET Framework do not bear two callers.</summary>
    internal static bool CanFlushWhileWriting =>
#if NET
        true;
#else
        false;
#endif

    /// <summary>Moves the whole file to its place, over what is there.</summary>
    internal void Commit() => FileFailure.WhenWriting(_path, () =>
    {
        // Moved before it is closed: in between, somebody else could open and empty it.
        _files.Move(_partialPath, _path);
        Stream.Dispose();
        _stream = null;
        _files.FlushFolder(Path.GetDirectoryName(_path)!);
    });

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        if (_stream is null)
            return;

        _stream.Dispose();
        _stream = null;
        try
        {
            _files.Delete(_partialPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A leftover under its own name harms nobody, and the next run overwrites it. The failure that brought us
            // here is the one to report.
        }
    }

    /// <summary>Writes a small file whole: beside its place, flushed, and moved there.</summary>
    internal static void WriteAllBytes(FileSystem files, string path, byte[] bytes, FileUse use = FileUse.None)
    {
        using PartialFile partial = Open(files, path, use);
        partial.StartOver();
        FileFailure.WhenWriting(path, () => partial.Stream.Write(bytes, 0, bytes.Length));
        partial.Flush();
        partial.Commit();
    }
}
