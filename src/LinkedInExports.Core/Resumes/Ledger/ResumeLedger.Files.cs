using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <content>Loads the files of a ledger, compacts the ledger, and writes its index.</content>
internal sealed partial class ResumeLedger
{
    /// <summary>A ledger with fewer entries is never compacted.</summary>
    private const int CompactionThreshold = 2000;

    /// <summary>The number of entries after which a new index is written. A run reads at most this many at its start.</summary>
    private const int DefaultIndexInterval = 50_000;

    private long _indexedEntries;
    private LinkedInException? _compactionFailure;

    /// <summary>Writes a warning if the ledger could not be compacted. The run does not depend on it.</summary>
    internal void ReportCompactionFailure(IDiagnostics diagnostics)
    {
        if (_compactionFailure is { } failure)
            diagnostics.Warning($"The ledger is not compacted: {failure.Message} The next run tries again.");
        _compactionFailure = null;
    }

    private void Load(bool mayCompact)
    {
        if (!FileErrors.TranslateRead(_path, () => _files.Exists(_path)))
            Create();
        LedgerHead? head = LedgerHead.Read(_files, _folder);
        var index = LedgerIndex.Read(_files, _folder);
        _stream = FileErrors.TranslateWrite(
            _path,
            () =>
                _files.Open(
                    _path,
                    FileMode.Open,
                    FileOpenFlags.OwnerOnly | FileOpenFlags.ReadWrite | FileOpenFlags.AllowConcurrentRead
                )
        );
        var reader = new LedgerReader(_stream, _path, head);
        _state = FileErrors.TranslateRead(_path, () => reader.ReadState(index));
        _indexedEntries = reader.IsIndexUsed ? index!.Header.Totals.EntryCount : 0;
        _position = reader.Position;
        if (_state.Api != _api)
            throw LedgerReader.CreateMismatchError(_path, _state.Api, _api);
        if (reader.HasTornTail)
            FileErrors.TranslateWrite(_path, () => _stream.SetLength(_position.End));

        if (mayCompact && _state.EntryCount > CompactionThreshold && _state.LiveEntries < _state.EntryCount / 2)
            Compact();
    }

    /// <summary>Creates a ledger with its first line: a ledger without that line is corrupt.</summary>
    private void Create()
    {
        // The head of a ledger that was deleted or moved.
        FileErrors.TranslateWrite(_path, () => _files.Delete(Path.Combine(_folder, LedgerHead.FileName)));
        Replace(target => LedgerCompactor.WriteLine(target, LedgerEntry.ForLedger(_api, GetNow()), null));
    }

    /// <summary>Replaces the ledger by one with the entries that still count. A failure keeps the ledger.</summary>
    private void Compact()
    {
        try
        {
            Replace(target => new LedgerCompactor(_state, _path, GetNow()).Write(_stream, target, _api, _position.Check));
        }
        catch (LinkedInException failure) when (failure.Id == LinkedInErrorId.FileWriteFailed)
        {
            _compactionFailure = failure;
        }

        _stream.Dispose();
        _stream = Stream.Null; // Not flushed if the ledger cannot be opened again.
        Load(mayCompact: false);
        if (_compactionFailure is null)
            Flush(); // Also writes the head, which still describes the old ledger.
    }

    private void WriteIndex()
    {
        // After a failure, the next attempt is as late as after a success.
        _indexedEntries = _state.EntryCount;
        try
        {
            LedgerIndex.Write(_files, _folder, _position, _state);
        }
        catch (LinkedInException failure) when (failure.Id == LinkedInErrorId.FileWriteFailed)
        {
            // The next run reads more of the ledger.
        }
    }

    private void Replace(Action<Stream> write)
    {
        using var partial = AtomicFileWriter.Open(_files, _path, FileOpenFlags.OwnerOnly);
        partial.Truncate();
        FileErrors.TranslateWrite(
            _path,
            () =>
            {
                // Not disposed: the writer disposes the stream.
                var buffered = new BufferedStream(partial.Stream, 256 * 1024);
                write(buffered);
                buffered.Flush();
            }
        );
        partial.Flush();

        // Windows cannot replace an open file. The lock prevents concurrent access meanwhile.
        _stream.Dispose();
        _stream = Stream.Null;
        partial.Commit();
    }
}
