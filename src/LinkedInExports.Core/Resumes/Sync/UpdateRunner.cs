using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Links uploaded files to candidates, in batches.</summary>
internal sealed class UpdateRunner(SyncRun run, ResumeBatchClient batches, ResumePreparer preparer)
    : BatchRunner<PreparedRecord>(run.Ledger, run.Deadline, run.Diagnostics, run.Time)
{
    /// <summary>Whether LinkedIn has rejected a tunneled request in this run. No more of them are sent after that.</summary>
    private bool _isTunnelRejected;

    /// <summary>Sends records until each of them has a result.</summary>
    internal Task RunAsync(IReadOnlyList<PreparedRecord> records, CancellationToken cancellationToken) =>
        SendAllAsync([records], cancellationToken);

    protected override SyncReason? StopReason =>
        run.CircuitBreaker.BatchStopReason is { } reason ? SyncReason.FromStop(reason) : null;

    protected override string Describe(int records) => $"sync {records} resumes";

    protected override ResumeKey GetKey(PreparedRecord record) => record.Key;

    protected override IReadOnlyList<IReadOnlyList<PreparedRecord>> Divide(IReadOnlyList<PreparedRecord> records)
    {
        bool canTunnel = run.Options.QueryTunneling != QueryTunneling.Never && !_isTunnelRejected;
        if (canTunnel || Fits(records))
            return [records];
        int start = 0;
        var parts = new List<IReadOnlyList<PreparedRecord>>();
        foreach (IReadOnlyList<ResumeKey> keys in batches.SplitIntoChunks(records.Select(record => record.Key), run.BatchSize))
        {
            parts.Add([.. records.Skip(start).Take(keys.Count)]);
            start += keys.Count;
        }

        return parts;
    }

    protected override async Task<BatchResponse> SendBatchAsync(
        IReadOnlyList<PreparedRecord> records,
        CancellationToken cancellationToken
    )
    {
        BatchResponse response = await batches
            .UpdateAsync(records, IsTunneled(records), run.Quota.LimitBatch(records.Count), Diagnostics, cancellationToken)
            .ConfigureAwait(false);
        run.CircuitBreaker.RecordBatchSuccess();
        return response;
    }

    protected override Decision HandleFailure(LinkedInException failure, IReadOnlyList<PreparedRecord> records)
    {
        if (run.Options.QueryTunneling == QueryTunneling.Auto && IsTunneled(records) && IsTunnelRejection(failure.StatusCode))
        {
            // One of the records may be the reason. Shorter queries show that as well, and cost few more requests.
            _isTunnelRejected = true;
            Diagnostics.Warning(
                $"LinkedIn rejected a tunneled query with status {failure.StatusCode}. Until the end of this run, batches "
                    + "are sent as PUT requests with as many records as fit into a URL."
            );
            return Decision.Retry;
        }

        if (IsBatchRejected(failure) && records.Count > 1)
            return Decision.Split;
        return run.CircuitBreaker.HandleBatchFailure(failure) switch
        {
            SyncCircuitBreaker.FailureAction.Retry => Decision.Retry,
            SyncCircuitBreaker.FailureAction.Stopped => Decision.Postpone,
            _ => failure.IsTransient ? Decision.Split : Decision.Fail,
        };
    }

    protected override SyncReason GetPostponeReason(LinkedInException failure) =>
        SyncReason.FromStop(run.CircuitBreaker.UploadStopReason ?? failure);

    protected override async Task<PreparedRecord?> CompleteAsync(
        PreparedRecord record,
        RecordResult result,
        CancellationToken cancellationToken
    )
    {
        if (result.IsSuccess)
        {
            run.Results.RecordSynced(record, result.Status);
            return null;
        }

        if (result.Status is 400 or 404 && record.IsReused)
        {
            // LinkedIn may have deleted the file of an earlier run.
            Diagnostics.Verbose($"LinkedIn rejected the file that {record.Key} was uploaded with; uploading it again.");
            return await preparer.TryRunAsync(record.Input, mayReuse: false, cancellationToken).ConfigureAwait(false);
        }

        run.Results.RecordFailed(record.Input, result);
        return null;
    }

    protected override void Fail(PreparedRecord record, LinkedInException failure) =>
        run.Results.RecordFailed(record.Input, failure, GetFailureReason(failure));

    protected override void Postpone(PreparedRecord record, SyncReason reason) => run.Results.RecordPending(record.Input, reason);

    /// <summary>Whether servers use a status to reject an unknown or disallowed method, header or body.</summary>
    private static bool IsTunnelRejection(int? status) => status is 400 or 404 or 405 or 411 or 413 or 414 or 415 or 422 or 501;

    private bool IsTunneled(IReadOnlyList<PreparedRecord> records) =>
        run.Options.QueryTunneling == QueryTunneling.Always || !Fits(records);

    private bool Fits(IReadOnlyList<PreparedRecord> records) => batches.Fits([.. records.Select(record => record.Key)]);
}
