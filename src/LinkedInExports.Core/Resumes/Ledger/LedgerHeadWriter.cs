using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>Writes the head file of a ledger, which contains the length of the ledger that is known to be on the disk.</summary>
internal sealed class LedgerHeadWriter(FileSystem files, string folder) : IDisposable
{
    private Stream? _stream;
    private long _written;

    /// <summary>
    /// Records the length of the ledger. The head is not flushed to the disk: after a crash, an older head understates the
    /// length, which is safe.
    /// </summary>
    /// <param name="firstCheck">The checksum of the first line, which identifies the ledger.</param>
    /// <param name="length">The length that is on the disk, in bytes.</param>
    /// <param name="endCheck">The checksum of the last line.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal void Write(string firstCheck, long length, ulong endCheck)
    {
        if (_written == length)
            return;
        string path = Path.Combine(folder, LedgerHead.FileName);
        byte[] bytes = new LedgerHead
        {
            Ledger = firstCheck,
            Length = length,
            Check = ChecksummedLine.Format(endCheck),
        }.ToLine();
        FileErrors.TranslateWrite(
            path,
            () =>
            {
                _stream ??= files.Open(path, FileMode.OpenOrCreate, FileOpenFlags.OwnerOnly | FileOpenFlags.AllowConcurrentRead);
                _stream.Position = 0;
                _stream.Write(bytes, 0, bytes.Length);
            }
        );
        _written = length;
    }

    public void Dispose() => _stream?.Dispose();
}
