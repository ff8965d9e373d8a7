namespace LinkedInExports;

/// <summary>Specifies the result of synchronizing a candidate's resume.</summary>
public enum ResumeSyncOutcome : long
{
    /// <summary>The resume has not been sent, because the daily quota is used up or the run was stopped.</summary>
    Pending,

    /// <summary>LinkedIn accepted the resume.</summary>
    Synced,

    /// <summary>The resume was already in sync and was not sent.</summary>
    Unchanged,

    /// <summary>The resume was sent, and LinkedIn rejected it or returned no result for it.</summary>
    Failed,

    /// <summary>The resume is invalid and was not sent.</summary>
    Rejected,

    /// <summary>The resume was removed at LinkedIn.</summary>
    Removed,
}
