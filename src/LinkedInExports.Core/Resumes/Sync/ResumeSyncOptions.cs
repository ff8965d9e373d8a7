using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Settings of a sync.</summary>
public sealed record ResumeSyncOptions
{
    /// <summary>The maximum and default of <see cref="BatchSize"/>.</summary>
    public const int MaxBatchSize = ResumeBatchClient.MaxRecords;

    /// <summary>The default of <see cref="ThrottleLimit"/>.</summary>
    public const int DefaultThrottleLimit = 8;

    /// <summary>The organization.</summary>
    public required OrganizationUrn IntegrationContext { get; init; }

    /// <summary>The Recruiter contract for uploads; null if all files are uploaded already.</summary>
    public RecruiterContractUrn? Contract { get; init; }

    /// <summary>The folder of the ledger; null for a temporary ledger.</summary>
    public string? LedgerPath { get; init; }

    /// <summary>The number of records in a batch.</summary>
    public int BatchSize { get; init; } = MaxBatchSize;

    /// <summary>The maximum number of files that are read and uploaded concurrently.</summary>
    public int ThrottleLimit { get; init; } = DefaultThrottleLimit;

    /// <summary>The time that LinkedIn keeps the files; null for no limit.</summary>
    public RetentionPeriod? RetainFor { get; init; }

    /// <summary>Specifies which resumes in sync are sent again; null for none.</summary>
    public ResumeResend? Resend { get; init; }

    /// <summary>
    /// Whether to read every file. Otherwise, a file with the same length and modification time as before is not read.
    /// </summary>
    public bool Checksum { get; init; }

    /// <summary>Specifies when queries are tunneled.</summary>
    public QueryTunneling QueryTunneling { get; init; }

    /// <summary>
    /// The maximum number of records of the ledger that are removed because they are missing from the input; null to remove
    /// none. Requires a ledger.
    /// </summary>
    public RemovalLimit? MaxRemovals { get; init; }

    /// <summary>Whether the sync is only planned, so that the ledger is neither locked nor changed.</summary>
    public bool IsPlanOnly { get; init; }

    /// <summary>Whether to wait for the next day when the requests of a day are used up.</summary>
    public bool WaitForQuota { get; init; }

    /// <summary>
    /// The time after which no more records are started, from the creation of the sync; null for no limit. The run ends at most
    /// half a minute later, and the remaining records are pending.
    /// </summary>
    public TimeSpan? StopAfter { get; init; }
}
