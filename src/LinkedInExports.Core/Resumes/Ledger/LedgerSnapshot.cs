using LinkedInExports.Core.Durability;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>What a ledger says at the moment, for those who only look: also while another process writes to it.</summary>
internal sealed class LedgerSnapshot : ILedgerLookup, IDisposable
{
    private readonly object _gate = new();
    private readonly string _path;
    private readonly FileStream? _stream;

    private LedgerSnapshot(string path, FileStream? stream)
    {
        _path = path;
        _stream = stream;
    }

    internal LedgerState State { get; } = new();

    /// <summary>Reads the ledger of a folder; where there is none, nothing is known.</summary>
    /// <exception cref="LinkedInException">It cannot be read, or is damaged.</exception>
    internal static LedgerSnapshot Read(string folder)
    {
        string path = Path.Combine(folder, ResumeLedger.FileName);
        if (!File.Exists(path))
            return new LedgerSnapshot(path, null);

        var snapshot = new LedgerSnapshot(
            path, FileFailure.WhenReading(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));
        try
        {
            FileFailure.WhenReading(path, () => new LedgerReader(snapshot._stream!, path).ReadInto(snapshot.State));
            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    public LedgerLine? Find(ResumeKey key)
    {
        lock (_gate)
        {
            return State.Find(Fingerprint.Of(key)) is { } found
                ? FileFailure.WhenReading(_path, () => LedgerReader.At(_stream!, found.Offset, key, _path))
                : null;
        }
    }

    public void Dispose() => _stream?.Dispose();
}
