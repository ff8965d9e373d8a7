namespace LinkedInExports;

/// <summary>What became of one candidate's resume.</summary>
public enum ResumeSyncOutcome
{
    /// <summary>It still has to be sent: the day's requests are used up, or the run was stopped.</summary>
    Pending,

    /// <summary>LinkedIn has accepted it.</summary>
    Synced,

    /// <summary>LinkedIn had it already as it is; nothing was sent.</summary>
    Unchanged,

    /// <summary>It was sent, and LinkedIn refused it or did not answer for it.</summary>
    Failed,

    /// <summary>It cannot be sent as it is, and was not.</summary>
    Rejected,

    /// <summary>It was removed at LinkedIn.</summary>
    Removed,
}
