namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>What the ledger knows of an input record.</summary>
internal enum LedgerMatch
{
    /// <summary>Its file has to be uploaded.</summary>
    None,

    /// <summary>Its file is uploaded, and the record has to be sent.</summary>
    Uploaded,

    /// <summary>LinkedIn has the record as it is.</summary>
    InSync,
}
