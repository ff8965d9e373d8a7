namespace LinkedInExports.Core.IO;

/// <summary>
/// A temporary file for data that does not fit into memory. It loses its name as soon as it is open, so no other process can
/// open it, and it is deleted when it is closed, even after a crash.
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

    /// <summary>The length, in bytes.</summary>
    internal long Length { get; private set; }

    /// <summary>Creates an empty file.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="folder">The folder for the file.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal static ScratchFile Create(FileSystem files, string folder)
    {
        string path = Path.Combine(folder, $"LinkedInExports-{Guid.NewGuid():N}.tmp");
        return FileErrors.TranslateWrite(
            path,
            () =>
            {
                Stream stream = files.Open(
                    path,
                    FileMode.CreateNew,
                    FileOpenFlags.ReadWrite | FileOpenFlags.AllowRename | FileOpenFlags.OwnerOnly
                );
                try
                {
                    // While it is open: Windows removes the name when the file is closed, other systems immediately.
                    files.Delete(path);
                    return new ScratchFile(path, stream);
                }
                catch
                {
                    stream.Dispose();
                    throw;
                }
            }
        );
    }

    /// <summary>Appends to the file.</summary>
    internal void Append(byte[] bytes, int offset, int count) =>
        FileErrors.TranslateWrite(
            _path,
            () =>
            {
                _stream.Position = Length;
                _stream.Write(bytes, offset, count);
                Length += count;
            }
        );

    /// <summary>Reads from an offset.</summary>
    /// <returns>The number of bytes, less than requested at the end of the file only.</returns>
    internal int Read(long position, byte[] bytes, int offset, int count) =>
        FileErrors.TranslateRead(
            _path,
            () =>
            {
                _stream.Position = position;
                int total = 0;
                while (total < count && _stream.Read(bytes, offset + total, count - total) is > 0 and var read)
                    total += read;
                return total;
            }
        );

    /// <summary>Deletes the file.</summary>
    public void Dispose() => _stream.Dispose();
}
