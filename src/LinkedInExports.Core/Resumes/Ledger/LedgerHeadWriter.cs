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
    /// <param name="position">The position of the last line that is on the disk.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal void Write(LedgerPosition position)
    {
        if (_written == position.End)
            return;
        string path = Path.Combine(folder, LedgerHead.FileName);
        byte[] bytes = new LedgerHead
        {
            Ledger = position.Ledger,
            Length = position.End,
            Check = ChecksummedLine.Format(position.Check),
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
        _written = position.End;
    }

    public void Dispose() => _stream?.Dispose();
}
