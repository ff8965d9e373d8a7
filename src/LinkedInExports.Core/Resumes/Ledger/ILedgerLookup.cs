namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>Knows what became of a record.</summary>
internal interface ILedgerLookup
{
    /// <summary>The newest line of a record, or null when it has none.</summary>
    LedgerLine? Find(ResumeKey key);
}
