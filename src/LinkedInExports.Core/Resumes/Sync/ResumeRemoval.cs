using LinkedInExports.Core.Http;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Removes resumes at LinkedIn, in batches. A resume that LinkedIn does not have is recorded as removed.</summary>
internal sealed class ResumeRemoval(
    ResumeBatchClient batches,
    ResumeQuota quota,
    RemovalRun run,
    SyncOutput output,
    TimeProvider time
) : BatchRunner<ResumeRemoval.Removal>(run.Ledger, run.Deadline, output.Diagnostics, time)
{
    private static readonly SyncReason NotFound = new(ResumeSyncReason.NotFound, "The resume did not exist at LinkedIn.");

    private LinkedInException? _stopped;
    private int _consecutiveServerErrors;

    /// <summary>Removes resumes, and writes a result for each key.</summary>
    /// <exception cref="LinkedInException">A request failed; the remaining records are pending.</exception>
    internal async Task RunAsync(IReadOnlyList<ResumeKey> keys, CancellationToken cancellationToken)
    {
        var distinct = new List<ResumeKey>();
        foreach (ResumeKey key in keys.Distinct())
        {
            if (batches.Validate(key.CandidateId, key.ResumeId, key.IntegrationContext) is { } problem)
            {
                Complete(
                    key,
                    ResumeSyncOutcome.Rejected,
                    ResumeSyncReason.InvalidId,
                    CreateError(key, LinkedInErrorId.InvalidResumeRecord, problem, null)
                );
            }
            else
            {
                distinct.Add(key);
            }
        }

        int maxRecords = Math.Min(ResumeBatchClient.MaxRecords, quota.Records.RecordsPerMinute);
        await SendAllAsync(
                batches
                    .SplitIntoChunks(distinct, maxRecords)
                    .Select(chunk => (IReadOnlyList<Removal>)[.. chunk.Select(key => new Removal(key))]),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (_stopped is not null)
            throw _stopped;
    }

    protected override SyncReason? StopReason =>
        _stopped is not null ? SyncReason.FromStop(_stopped)
        : run.Deadline is { IsExpired: true } deadline ? deadline.Reason
        : null;

    protected override string Describe(int records) => $"remove {records} resumes";

    protected override ResumeKey GetKey(Removal record) => record.Key;

    protected override async Task<BatchResponse> SendBatchAsync(
        IReadOnlyList<Removal> records,
        CancellationToken cancellationToken
    )
    {
        ResumeKey[] keys = [.. records.Select(record => record.Key)];
        IRequestLimiter limiter = quota.LimitBatch(keys.Length);
        if (run.Ledger is { } ledger)
            limiter = new RemovalLimiter(limiter, ledger, keys);
        BatchResponse response = await batches.DeleteAsync(keys, limiter, Diagnostics, cancellationToken).ConfigureAwait(false);
        _consecutiveServerErrors = 0;
        return response;
    }

    protected override Decision HandleFailure(LinkedInException failure, IReadOnlyList<Removal> records)
    {
        if (IsBatchRejected(failure))
            return Decision.Split;
        if (failure.Id == LinkedInErrorId.InternalError)
            return Decision.Fail;

        // Perhaps one of the records is the cause, which would block all others in each run.
        if (failure.StatusCode >= 500 && ++_consecutiveServerErrors < SyncCircuitBreaker.MaxConsecutiveFailures)
            return Decision.Split;
        _stopped = failure; // The next request would fail for the same reason.
        return Decision.Postpone;
    }

    protected override Task<Removal?> CompleteAsync(Removal record, RecordResult result, CancellationToken cancellationToken)
    {
        bool isMissing = result.Status == 404;
        if (isMissing || result.IsSuccess)
        {
            run.Ledger?.Append(LedgerEntry.ForRecord(LedgerEntryType.Removed, record.Key) with { Status = result.Status });
            Complete(
                record.Key,
                isMissing ? ResumeSyncOutcome.Unchanged : ResumeSyncOutcome.Removed,
                result.Status,
                isMissing ? NotFound : null
            );
        }
        else
        {
            // Without a result, or with a transient one, the record may have been removed: the ledger leaves that open.
            if (result.Status is not null && !result.IsTransient)
                AppendNotRemoved(record);
            Complete(
                record.Key,
                ResumeSyncOutcome.Failed,
                result.ReasonId,
                CreateError(record.Key, result.ErrorId, result.Reason, result.Status)
            );
        }

        return Task.FromResult<Removal?>(null);
    }

    protected override void Fail(Removal record, LinkedInException failure)
    {
        if (IsBatchRejected(failure))
            AppendNotRemoved(record);
        Complete(record.Key, ResumeSyncOutcome.Failed, GetFailureReason(failure).Id, failure);
    }

    protected override void Postpone(Removal record, SyncReason reason) =>
        Complete(record.Key, ResumeSyncOutcome.Pending, _stopped?.StatusCode, reason);

    private void AppendNotRemoved(Removal record) =>
        run.Ledger?.Append(LedgerEntry.ForRecord(LedgerEntryType.NotRemoved, record.Key));

    private static LinkedInException CreateError(ResumeKey key, LinkedInErrorId id, string reason, int? status) =>
        new(id, $"The resume of {key} was not removed: {reason.TrimEnd('.')}.") { StatusCode = status, Target = key.CandidateId };

    private void Complete(ResumeKey key, ResumeSyncOutcome outcome, ResumeSyncReason reasonId, LinkedInException failure)
    {
        Diagnostics.Error(failure);
        Complete(key, outcome, failure.StatusCode, new SyncReason(reasonId, failure.Message));
    }

    private void Complete(ResumeKey key, ResumeSyncOutcome outcome, int? status, SyncReason? reason) =>
        output.Results.Write(
            new ResumeSyncResult
            {
                CandidateId = key.CandidateId,
                ResumeId = key.ResumeId,
                Outcome = outcome,
                StatusCode = status,
                ReasonId = reason?.Id,
                Reason = reason?.Text,
                CompletedAt = outcome == ResumeSyncOutcome.Pending ? null : quota.Clock.Now,
            }
        );

    internal sealed record Removal(ResumeKey Key);
}

/// <summary>The ledger and the deadline of a removal, or null.</summary>
internal readonly record struct RemovalRun(ResumeLedger? Ledger, RunDeadline? Deadline);
