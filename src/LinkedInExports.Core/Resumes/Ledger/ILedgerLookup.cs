namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>Looks up the state of records.</summary>
internal interface ILedgerLookup
{
    /// <summary>The state of the ledger.</summary>
    LedgerState State { get; }

    /// <summary>
    /// Gets the newest entry of a record; null if it has none. A record whose removal was sent, and whose outcome is unknown,
    /// counts as an uploaded file, because it may not be in sync.
    /// </summary>
    LedgerEntry? Find(ResumeKey key);

    /// <summary>Whether a record was synced with this content, and not removed since. Reads no entry.</summary>
    bool IsInSync(ResumeKey key, ContentHash content);

    /// <summary>Gets the keys of records that may be at LinkedIn, in the order of their newest entries.</summary>
    /// <param name="isWanted">Selects the keys.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    IReadOnlyList<ResumeKey> Keys(Func<ResumeKey, bool> isWanted, CancellationToken cancellationToken);
}
