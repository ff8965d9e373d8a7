namespace LinkedInExports.Core.Resumes.Ledger;

/// <content>Finds records, and records what happened to them.</content>
internal sealed partial class ResumeLedger
{
    private int _pendingUnchanged;

    public LedgerEntry? Find(ResumeKey key)
    {
        lock (_gate)
        {
            return LedgerReader.Find(_stream, _state, key, _path);
        }
    }

    public bool IsInSync(KeyHash key, ContentHash content)
    {
        lock (_gate)
            return _state.IsInSync(key, content);
    }

    public IReadOnlyList<ResumeKey> Keys(Func<ResumeKey, bool> isWanted, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return LedgerReader.SelectKeys(LedgerReader.ReadAll(_stream, _path, cancellationToken), _state, isWanted);
        }
    }

    public bool ShouldResend(KeyHash key)
    {
        lock (_gate)
            return _state.ShouldResend(key);
    }

    /// <inheritdoc cref="LedgerState.GetLastFailureOffset"/>
    internal long? GetLastFailureOffset(KeyHash key)
    {
        lock (_gate)
            return _state.GetLastFailureOffset(key);
    }

    /// <summary>
    /// Counts unchanged records. The count is written with the next entry, after 1,000 records, or at the end.
    /// </summary>
    internal void AppendUnchanged(int count)
    {
        lock (_gate)
        {
            _pendingUnchanged += count;
            if (_pendingUnchanged >= 1000)
                FlushUnchanged();
        }
    }

    /// <summary>Records that the file of a record in sync has a new stamp and the same content.</summary>
    internal void AppendTouched(LedgerEntry known, FileStamp file)
    {
        lock (_gate)
        {
            // After the start of a resend, the entry would mean that the record was sent again.
            if (_state.ShouldResend(KeyHash.Compute(known.Key)))
                return;
            Append(known with { Type = LedgerEntryType.Touched, SyncedAt = known.SyncedAt ?? known.At, File = file });
        }
    }

    /// <summary>
    /// Records that the removal of records is about to be sent, so that after a crash those that may be removed do not count as
    /// in sync. Records that are not in the ledger need no entry.
    /// </summary>
    internal void BeginRemoval(IEnumerable<ResumeKey> keys)
    {
        lock (_gate)
        {
            foreach (ResumeKey key in keys)
            {
                if (_state.Find(KeyHash.Compute(key)) is { IsRemoving: false })
                    Append(LedgerEntry.ForRecord(LedgerEntryType.Removing, key));
            }

            Flush();
        }
    }

    private void FlushUnchanged()
    {
        if (_pendingUnchanged == 0)
            return;
        int count = _pendingUnchanged;
        _pendingUnchanged = 0;
        Write(new LedgerEntry { Type = LedgerEntryType.Unchanged, Count = count });
    }
}
