using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The state that the stages of a run share.</summary>
internal sealed class SyncRun
{
    internal required ResumeSyncOptions Options { get; init; }

    /// <summary>The organization, <c>urn:li:organization:{id}</c>.</summary>
    internal required string IntegrationContext { get; init; }

    internal required ResumeLedger Ledger { get; init; }

    internal required UnchangedResumes Unchanged { get; init; }

    internal required ResumeQuota Quota { get; init; }

    internal required SyncCircuitBreaker CircuitBreaker { get; init; }

    internal required RunDeadline Deadline { get; init; }

    internal required SyncResultRecorder Results { get; init; }

    /// <summary>The number of records in a batch, at most the limit per minute.</summary>
    internal required int BatchSize { get; init; }

    internal required IDiagnostics Diagnostics { get; init; }

    internal required TimeProvider Time { get; init; }

    /// <summary>The reason why no more records are started, or null.</summary>
    internal SyncReason? StopReason =>
        CircuitBreaker.UploadStopReason is { } reason ? SyncReason.FromStop(reason)
        : Deadline.IsExpired ? Deadline.Reason
        : null;
}
