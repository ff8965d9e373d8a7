namespace LinkedInExports;

/// <summary>
/// How far the resume sync of a ledger is. The five outcomes of the last run add up to <see cref="InputCount"/>.
/// </summary>
public sealed class CandidateResumeSync
{
    /// <summary>The folder of the ledger.</summary>
    public string LedgerPath { get; init; } = "";

    /// <summary>How many records the last run was given.</summary>
    public long InputCount { get; init; }

    /// <summary>Of these, how many LinkedIn accepted.</summary>
    public long Synced { get; init; }

    /// <summary>Of these, how many were in sync already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Of these, how many LinkedIn refused or did not answer for.</summary>
    public long Failed { get; init; }

    /// <summary>Of these, how many could not be sent as they were.</summary>
    public long Rejected { get; init; }

    /// <summary>Of these, how many still have to be sent.</summary>
    public long Pending { get; init; }

    /// <summary>
    /// How many records the last run, and commands after it, removed at LinkedIn. They are not part of the input.
    /// </summary>
    public long Removed { get; init; }

    /// <summary>How many resumes are in sync, of all runs together.</summary>
    public long InSync { get; init; }

    /// <summary>How many files are at LinkedIn without being tied to a candidate yet; they are not uploaded again.</summary>
    public long UploadedNotLinked { get; init; }

    /// <summary>Requests sent on the current day (UTC) with this ledger. After a crash up to 99 more than were sent.</summary>
    public int RequestsToday { get; init; }

    /// <summary>The limit of these requests when the ledger was last used; null when it never was.</summary>
    public int? RequestsPerDay { get; init; }

    /// <summary>When work can go on, UTC; null for at once.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>When the last run began, UTC; null before the first.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When something was last written to the ledger, UTC; null when nothing was.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}
