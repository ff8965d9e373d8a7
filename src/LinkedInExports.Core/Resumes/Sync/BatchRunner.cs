using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// Sends records in batches, one after the other as LinkedIn requires, until each record has a result. A batch that is
/// rejected completely is split, and records with a transient failure are sent again.
/// </summary>
/// <param name="ledger">The ledger, or null.</param>
/// <param name="deadline">The time of the run, or null for no limit.</param>
/// <param name="diagnostics">Receives diagnostic messages.</param>
/// <param name="time">The clock.</param>
internal abstract class BatchRunner<T>(ResumeLedger? ledger, RunDeadline? deadline, IDiagnostics diagnostics, TimeProvider time)
    where T : class
{
    private const int MaxAttempts = 3;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    /// <summary>Specifies how to continue after a request failed.</summary>
    protected enum Decision
    {
        /// <summary>The records of the batch failed.</summary>
        Fail,

        /// <summary>The batch is sent again.</summary>
        Retry,

        /// <summary>The batch is split, to find the records that make it fail.</summary>
        Split,

        /// <summary>The records of the batch stay pending.</summary>
        Postpone,
    }

    /// <summary>Gets the reason why no more batches are sent, or null.</summary>
    protected abstract SyncReason? StopReason { get; }

    protected IDiagnostics Diagnostics => diagnostics;

    /// <summary>Sends batches until each record has a result.</summary>
    protected async Task SendAllAsync(IEnumerable<IReadOnlyList<T>> batches, CancellationToken cancellationToken)
    {
        // Batches that are sent again precede the batches that were not sent yet.
        var pending = new Stack<Batch>(batches.Select(records => new Batch(records, Attempt: 1)).Reverse());
        using Deadline? final = deadline?.CreateFinalDeadline(cancellationToken);
        while (pending.Count > 0)
        {
            Batch batch = pending.Pop();
            foreach (Batch next in await SendAsync(batch, final, cancellationToken).ConfigureAwait(false))
                pending.Push(next);
        }
    }

    protected abstract string Describe(int records);

    protected abstract ResumeKey GetKey(T record);

    /// <summary>Divides records into batches that can be sent; a single one if they fit.</summary>
    protected virtual IReadOnlyList<IReadOnlyList<T>> Divide(IReadOnlyList<T> records) => [records];

    protected abstract Task<BatchResponse> SendBatchAsync(IReadOnlyList<T> records, CancellationToken cancellationToken);

    /// <summary>Decides how the run continues after a failed request.</summary>
    protected abstract Decision HandleFailure(LinkedInException failure, IReadOnlyList<T> records);

    /// <summary>Completes a record.</summary>
    /// <returns>The record to send again, or null.</returns>
    protected abstract Task<T?> CompleteAsync(T record, RecordResult result, CancellationToken cancellationToken);

    protected virtual SyncReason GetPostponeReason(LinkedInException failure) => SyncReason.FromStop(failure);

    /// <summary>Whether LinkedIn rejected the complete batch, perhaps because of one of its records.</summary>
    protected static bool IsBatchRejected(LinkedInException failure) => failure.StatusCode is 400 or 413 or 414 or 422;

    protected abstract void Fail(T record, LinkedInException failure);

    protected abstract void Postpone(T record, SyncReason reason);

    /// <summary>Gets the reason of the records of a failed request.</summary>
    protected static SyncReason GetFailureReason(LinkedInException failure) =>
        SyncReason.FromFailure(
            failure,
            failure.IsOutcomeUnknown ? ResumeSyncReason.OutcomeUnknown : ResumeSyncReason.RejectedByLinkedIn
        );

    private async Task<IReadOnlyList<Batch>> SendAsync(Batch batch, Deadline? final, CancellationToken cancellationToken)
    {
        if (StopReason is { } reason)
            return PostponeAll(batch, reason);
        if (Divide(batch.Records) is { Count: > 1 } parts)
            return [.. parts.Select(records => batch with { Records = records }).Reverse()];
        CancellationToken token = final?.Token ?? cancellationToken;
        BatchResponse response;
        try
        {
            response = await SendBatchAsync(batch.Records, token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (final is { IsExpired: true })
        {
            return PostponeAll(batch, deadline!.Reason);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !IsLedgerFailure(exception))
        {
            return HandleFailure(batch, LinkedInException.FromUnexpected(Describe(batch.Records.Count), exception));
        }

        return await CompleteAsync(batch, response, cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<Batch> HandleFailure(Batch batch, LinkedInException failure)
    {
        switch (HandleFailure(failure, batch.Records))
        {
            case Decision.Retry:
                return [batch];
            case Decision.Split when batch.Records.Count > 1:
                diagnostics.Verbose($"{failure.Message} Splitting the batch and retrying.");
                int half = batch.Records.Count / 2;
                return
                [
                    batch with
                    {
                        Records = [.. batch.Records.Skip(half)],
                    },
                    batch with
                    {
                        Records = [.. batch.Records.Take(half)],
                    },
                ];
            case Decision.Postpone:
                return PostponeAll(batch, GetPostponeReason(failure));
            default:
                foreach (T record in batch.Records)
                    Fail(record, failure);
                return [];
        }
    }

    private async Task<IReadOnlyList<Batch>> CompleteAsync(
        Batch batch,
        BatchResponse response,
        CancellationToken cancellationToken
    )
    {
        var retries = new List<T>();
        bool isTransient = false;
        foreach (T record in batch.Records)
        {
            RecordResult result = response[GetKey(record)];
            if (result.IsTransient && batch.Attempt < MaxAttempts)
            {
                isTransient = true;
                retries.Add(record);
            }
            else if (await CompleteAsync(record, result, cancellationToken).ConfigureAwait(false) is { } retry)
            {
                retries.Add(retry);
            }
        }

        // Once for each batch, so that a power failure loses the results of at most one batch.
        ledger?.Flush();
        if (retries.Count == 0)
            return [];
        if (isTransient)
        {
            await ThrottledWait
                .RunAsync(ThrottleReason.Retry, time.DelayAsync(RetryDelay, cancellationToken))
                .ConfigureAwait(false);
        }

        return [new Batch(retries, batch.Attempt + 1)];
    }

    private IReadOnlyList<Batch> PostponeAll(Batch batch, SyncReason reason)
    {
        foreach (T record in batch.Records)
            Postpone(record, reason);
        return [];
    }

    private static bool IsLedgerFailure(Exception exception) =>
        exception is LinkedInException { Id: LinkedInErrorId.FileWriteFailed or LinkedInErrorId.LedgerCorrupt };

    private sealed record Batch(IReadOnlyList<T> Records, int Attempt);
}
