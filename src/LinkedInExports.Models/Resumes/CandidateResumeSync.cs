namespace LinkedInExports;

/// <summary>
/// The progress of a resume sync. The five outcomes of the last run add up to <see cref="InputCount"/>.
/// </summary>
public sealed class CandidateResumeSync
{
    /// <summary>The folder of the ledger.</summary>
    public string LedgerPath { get; init; } = "";

    /// <summary>The number of input records of the last run.</summary>
    public long InputCount { get; init; }

    /// <summary>The number of these records that LinkedIn accepted.</summary>
    public long Synced { get; init; }

    /// <summary>The number of these records that were already in sync.</summary>
    public long Unchanged { get; init; }

    /// <summary>The number of these records that LinkedIn rejected or returned no result for.</summary>
    public long Failed { get; init; }

    /// <summary>The number of these records that are invalid and were not sent.</summary>
    public long Rejected { get; init; }

    /// <summary>The number of these records that have not been sent.</summary>
    public long Pending { get; init; }

    /// <summary>
    /// The number of records that the last run and later commands removed at LinkedIn. They are not part of the input.
    /// </summary>
    public long Removed { get; init; }

    /// <summary>The number of resumes that are in sync, including those of earlier runs.</summary>
    public long InSync { get; init; }

    /// <summary>The number of uploaded files that the next run links to a candidate, for some of them again.</summary>
    public long UploadedNotLinked { get; init; }

    /// <summary>The number of requests on the current UTC day. After a crash, up to 99 more than were sent.</summary>
    public int RequestsToday { get; init; }

    /// <summary>The limit of these requests when the ledger was last used, or null if it was not used.</summary>
    public int? RequestsPerDay { get; init; }

    /// <summary>The time when the next run can continue, in UTC, or null for now.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>The time when the last run started, in UTC, or null before the first run.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The time when the ledger was last changed, in UTC, or null if it is empty.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}
