namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>Knows what became of a record.</summary>
internal interface ILedgerLookup
{
    /// <summary>What all lines say together.</summary>
    LedgerState State { get; }

    /// <summary>
    /// The newest line of a record, or null when it has none. Of a record whose removal was sent without a known outcome it
    /// is that of an uploaded file: nothing says that the record is in sync.
    /// </summary>
    LedgerEntry? Find(ResumeKey key);

    /// <summary>The keys of records that may be at LinkedIn, in the order in which their newest lines were written.</summary>
    /// <param name="isWanted">Which of them.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    IReadOnlyList<ResumeKey> Keys(Func<ResumeKey, bool> isWanted, CancellationToken cancellationToken);
}
