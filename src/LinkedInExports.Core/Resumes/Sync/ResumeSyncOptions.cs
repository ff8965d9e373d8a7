using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>How resumes are synced.</summary>
public sealed record ResumeSyncOptions
{
    /// <summary>The company.</summary>
    public required OrganizationUrn IntegrationContext { get; init; }

    /// <summary>The Recruiter contract for uploads; null where all files are uploaded already.</summary>
    public RecruiterContractUrn? Contract { get; init; }

    /// <summary>The folder of the ledger; null for a sync that remembers nothing.</summary>
    public string? LedgerPath { get; init; }

    /// <summary>Records in a call, 1 to 100.</summary>
    public int BatchSize { get; init; } = ResumeBatchClient.MaxRecords;

    /// <summary>Files that are read and uploaded at a time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>How long LinkedIn keeps the files; null for no limit.</summary>
    public RetentionPeriod? RetainFor { get; init; }

    /// <summary>Which resumes are sent again although they are in sync; null for none.</summary>
    public ResumeResend? Resend { get; init; }

    /// <summary>Whether long queries are tunnelled.</summary>
    public QueryTunneling QueryTunneling { get; init; }

    /// <summary>
    /// How many records that the ledger has and the input has not may be removed; null for not removing any. Needs a ledger.
    /// </summary>
    public RemovalLimit? MaxRemovals { get; init; }

    /// <summary>Whether the sync is only planned: the ledger is read, and neither locked nor changed.</summary>
    public bool IsPlanOnly { get; init; }

    /// <summary>Whether to wait for the next day when the requests of one are used up.</summary>
    public bool WaitForQuota { get; init; }

    /// <summary>
    /// How long after its making a run begins with records; null for as long as there are any. It ends half a minute later at
    /// the latest, and what is left is pending.
    /// </summary>
    public TimeSpan? StopAfter { get; init; }
}
