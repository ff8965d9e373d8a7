namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>Looks up the state of records.</summary>
internal interface ILedgerLookup
{
    /// <summary>The state of the ledger.</summary>
    LedgerState State { get; }

    /// <summary>
    /// Gets the newest entry of a record; null if it has none. A record that may not be in sync counts as an uploaded file: the
    /// outcome of its removal is unknown, or it could not be sent again during a resend.
    /// </summary>
    LedgerEntry? Find(ResumeKey key);

    /// <summary>Whether a record was synced with this content, and not removed since. Reads no entry.</summary>
    bool IsInSync(KeyHash key, ContentHash content);

    /// <summary>Whether a resend of all records is in progress, and a record was not sent since it started.</summary>
    bool ShouldResend(KeyHash key);

    /// <summary>
    /// Gets the keys of records that may be at LinkedIn, in the order of their newest entries. Those whose removal failed come
    /// last, so that they cannot block the others.
    /// </summary>
    /// <param name="isWanted">Selects the keys.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    IReadOnlyList<ResumeKey> Keys(Func<ResumeKey, bool> isWanted, CancellationToken cancellationToken);
}
