using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>A read-only view of a ledger, also while another process writes to it.</summary>
internal sealed class LedgerSnapshot : ILedgerLookup, IDisposable
{
    private readonly object _gate = new();
    private readonly string _path;
    private readonly Stream? _stream;

    private LedgerSnapshot(string path, Stream? stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>Whether there is a ledger.</summary>
    internal bool Exists => _stream is not null;

    public LedgerState State { get; private set; } = new();

    /// <summary>Reads the ledger of a folder, which may not exist.</summary>
    /// <exception cref="LinkedInException">It cannot be read, or is damaged.</exception>
    internal static LedgerSnapshot Read(FileSystem files, string folder)
    {
        string path = Path.Combine(folder, ResumeLedger.FileName);

        // The head first: concurrent writes make the ledger longer than the length in the head, never shorter.
        LedgerHead? head = LedgerHead.Read(files, folder);
        LedgerIndex? index = LedgerIndex.Read(files, folder);
        var snapshot = new LedgerSnapshot(path, FileErrors.TranslateRead(path, () => files.OpenRead(path)));
        if (!snapshot.Exists)
            return snapshot;
        try
        {
            snapshot.State = FileErrors.TranslateRead(
                path,
                () => new LedgerReader(snapshot._stream!, path, head).ReadState(index)
            );
            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    public LedgerEntry? Find(ResumeKey key)
    {
        lock (_gate)
        {
            return LedgerReader.Find(_stream!, State, key, _path);
        }
    }

    public bool IsInSync(KeyHash key, ContentHash content) => State.IsInSync(key, content);

    public bool ShouldResend(KeyHash key) => State.ShouldResend(key);

    public IReadOnlyList<ResumeKey> Keys(Func<ResumeKey, bool> isWanted, CancellationToken cancellationToken) =>
        LedgerReader.SelectKeys(ReadEntries(cancellationToken), State, isWanted);

    /// <summary>Reads all entries, possibly including those that were written after the snapshot.</summary>
    internal IEnumerable<(long Offset, LedgerEntry Line)> ReadEntries(CancellationToken cancellationToken) =>
        _stream is null ? [] : LedgerReader.ReadAll(_stream, _path, cancellationToken);

    public void Dispose() => _stream?.Dispose();
}
