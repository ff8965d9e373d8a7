namespace LinkedInExports.Core.IO;

/// <summary>
/// Room on the disk for what does not fit into memory. The file has no name any more as soon as it is open: nobody else
/// can open it, and it is gone when it is closed, however the process ends.
/// </summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly string _path;
    private readonly Stream _stream;

    private ScratchFile(string path, Stream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>How much has been written, in bytes.</summary>
    internal long Length { get; private set; }

    /// <summary>Makes an empty one.</summary>
    /// <param name="files">The steps to the disk.</param>
    /// <param name="folder">Where there is room.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal static ScratchFile Create(FileSystem files, string folder)
    {
        string path = Path.Combine(folder, $"LinkedInExports-{Guid.NewGuid():N}.tmp");
        return FileErrors.TranslateWrite(path, () =>
        {
            Stream stream = files.Open(path, FileMode.CreateNew, FileOpenFlags.ReadWrite | FileOpenFlags.AllowRename | FileOpenFlags.OwnerOnly);
            try
            {
                // While it is open: Windows takes the name away when it is closed, everything else at once.
                files.Delete(path);
                return new ScratchFile(path, stream);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        });
    }

    /// <summary>Writes at the end.</summary>
    internal void Append(byte[] bytes, int offset, int count) => FileErrors.TranslateWrite(_path, () =>
    {
        _stream.Position = Length;
        _stream.Write(bytes, offset, count);
        Length += count;
    });

    /// <summary>Reads from a place.</summary>
    /// <returns>How many bytes there were, up to the wanted number.</returns>
    internal int Read(long position, byte[] bytes, int offset, int count) => FileErrors.TranslateRead(_path, () =>
    {
        _stream.Position = position;
        int total = 0;
        while (total < count && _stream.Read(bytes, offset + total, count - total) is > 0 and var read)
            total += read;
        return total;
    });

    /// <summary>Gives the room back.</summary>
    public void Dispose() => _stream.Dispose();
}
