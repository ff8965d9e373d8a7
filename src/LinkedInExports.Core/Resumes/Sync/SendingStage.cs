using System.Threading.Channels;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// The second half of a run: ties files to candidates in batches, one after the other as LinkedIn asks for, until each
/// record is settled.
/// </summary>
internal sealed class SendingStage(
    ResumeBatches batches,
    RecordPreparation preparation,
    ResumeLedger ledger,
    ResumeQuota quota,
    SyncBrake brake,
    SyncTime allowed,
    SyncTally tally,
    int batchSize,
    QueryTunneling tunneling,
    IMessages messages,
    TimeProvider time)
{
    /// <summary>A record that LinkedIn has trouble with is sent so often in one run.</summary>
    private const int MaxTries = 3;

    /// <summary>A batch that is not full goes when nothing has come for this long.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Whether LinkedIn has rejected a tunnelled request in this run. From then on none is sent.</summary>
    private bool _isTunnelRejected;

    /// <summary>Sends what comes, until nothing more does.</summary>
    /// <param name="ready">Where it comes from.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    internal async Task RunAsync(ChannelReader<ReadyRecord> ready, CancellationToken cancellation)
    {
        var batch = new List<ReadyRecord>(batchSize);
        bool isOver = false;
        while (!isOver)
        {
            bool? hasMore = await WaitAsync(ready, batch.Count > 0, cancellation).ConfigureAwait(false);
            isOver = hasMore == false;
            while (batch.Count < batchSize && ready.TryRead(out ReadyRecord? record))
                batch.Add(record);
            if (batch.Count == batchSize || (batch.Count > 0 && hasMore != true))
            {
                await SendAsync(batch, cancellation).ConfigureAwait(false);
                quota.AddPendingRecords(-batch.Count);
                batch.Clear();
            }
        }
    }

    /// <returns>Whether there is more; null when nothing came for a while, and something is waiting.</returns>
    private async Task<bool?> WaitAsync(ChannelReader<ReadyRecord> ready, bool isWaiting, CancellationToken cancellation)
    {
        Task<bool> more = ready.WaitToReadAsync(cancellation).AsTask();
        if (isWaiting && !more.IsCompleted)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task pause = time.Delay(Linger, enough.Token);
            Task first = await Task.WhenAny(more, pause).ConfigureAwait(false);
            enough.Cancel();
            if (first == pause && !cancellation.IsCancellationRequested)
                return null;
        }

        return await more.ConfigureAwait(false);
    }

    private async Task SendAsync(IReadOnlyList<ReadyRecord> batch, CancellationToken cancellation)
    {
        using Deadline deadline = allowed.FinalDeadline(cancellation);
        var groups = new Stack<IReadOnlyList<ReadyRecord>>();
        groups.Push([.. batch]);
        while (groups.Count > 0)
        {
            IReadOnlyList<ReadyRecord> group = groups.Pop();
            if (brake.ReasonNotToSend is { } reason)
            {
                Settle(group, record => tally.Pending(record.Input, reason.Message));
                continue;
            }

            bool isTunnelled = tunneling == QueryTunneling.Always || !Fits(group);
            if (isTunnelled && (tunneling == QueryTunneling.Never || _isTunnelRejected))
            {
                PushChunks(groups, group);
                continue;
            }

            try
            {
                BatchAnswer answer = await UpdateAsync(group, isTunnelled, deadline.Token).ConfigureAwait(false);
                brake.BatchSucceeded();
                if (await TakeAsync(group, answer, deadline, cancellation).ConfigureAwait(false) is { Count: > 0 } again)
                    groups.Push(again);
            }
            catch (OperationCanceledException) when (deadline.HasPassed)
            {
                Settle(group, record => tally.Pending(record.Input, allowed.Reason));
            }
            catch (LinkedInException failure) when (isTunnelled && tunneling == QueryTunneling.Auto && IsTunnelRejection(failure.StatusCode))
            {
                // Perhaps one of the records is at fault. Shorter queries show that as well, and cost little more.
                _isTunnelRejected = true;
                messages.Warning(
                    $"LinkedIn rejected a tunnelled query with status {failure.StatusCode}. Until the end of this run, batches are sent as PUT requests with as many records as fit into a URL.");
                groups.Push(group);
            }
            catch (LinkedInException failure) when (failure.StatusCode is 400 or 413 or 414 or 422 && group.Count > 1)
            {
                // One of them spoils it for all; halves find out which.
                messages.Verbose($"{failure.Message} Trying in two halves.");
                PushHalves(groups, group);
            }
            catch (LinkedInException failure) when (failure.Id is not (LinkedInErrorId.FileWriteFailed or LinkedInErrorId.LedgerDamaged))
            {
                switch (brake.JudgeBatch(failure))
                {
                    case SyncBrake.Verdict.Again:
                        groups.Push(group);
                        break;
                    case SyncBrake.Verdict.Stopped:
                        Settle(group, record => tally.Pending(record.Input, brake.Reason!.Message));
                        break;
                    case SyncBrake.Verdict.Failed when failure.IsTransient && group.Count > 1:
                        // The server fails: at one of the records, or at everything. The halves show.
                        messages.Verbose($"{failure.Message} Trying in two halves.");
                        PushHalves(groups, group);
                        break;
                    default:
                        Settle(group, record => tally.Failed(record.Input, failure));
                        break;
                }
            }
        }
    }

    private async Task<BatchAnswer> UpdateAsync(IReadOnlyList<ReadyRecord> group, bool isTunnelled, CancellationToken cancellationToken)
    {
        try
        {
            return await batches.UpdateAsync(
                [.. group.Select(record => record.Record)], isTunnelled, quota.LimitBatch(group.Count), messages, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or LinkedInException))
        {
            throw LinkedInException.FromUnexpected($"sync {group.Count} resumes", exception);
        }
    }

    /// <summary>Settles what the answer settles.</summary>
    /// <returns>The records that are worth sending again.</returns>
    private async Task<IReadOnlyList<ReadyRecord>> TakeAsync(
        IReadOnlyList<ReadyRecord> group, BatchAnswer answer, Deadline deadline, CancellationToken cancellation)
    {
        var again = new List<ReadyRecord>();
        bool needsPause = false;
        foreach (ReadyRecord record in group)
        {
            RecordAnswer its = answer[record.Record.Key];
            if (its.IsSuccess)
            {
                tally.Synced(record, its.Status);
            }
            else if (its.IsTransient && record.Tries + 1 < MaxTries)
            {
                needsPause = true;
                again.Add(record with { Tries = record.Tries + 1 });
            }
            else if (its.Status is 400 or 404 && record.IsReused)
            {
                // The file of an earlier run may be gone meanwhile.
                messages.Verbose($"LinkedIn does not take the file that {record.Record.Key} was uploaded with before; uploading it again.");
                if (await UploadAgainAsync(record, deadline).ConfigureAwait(false) is { } fresh)
                    again.Add(fresh);
            }
            else
            {
                tally.Failed(record.Input, its);
            }
        }

        // Not after each record, and not never: what a power cut takes back is one batch.
        ledger.Flush();
        if (needsPause)
            await time.Delay(Pause, cancellation).ConfigureAwait(false);
        return again;
    }

    private async Task<ReadyRecord?> UploadAgainAsync(ReadyRecord record, Deadline deadline)
    {
        while (true)
        {
            try
            {
                return await preparation.RunAsync(record.Record.Key, record.Input, mayReuse: false, messages, deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (deadline.HasPassed)
            {
                tally.Pending(record.Input, allowed.Reason);
                return null;
            }
            catch (LinkedInException failure) when (failure.Id is not (LinkedInErrorId.FileWriteFailed or LinkedInErrorId.LedgerDamaged))
            {
                switch (brake.JudgeUpload(failure))
                {
                    case SyncBrake.Verdict.Again:
                        break;
                    case SyncBrake.Verdict.Stopped:
                        tally.Pending(record.Input, brake.Reason!.Message);
                        return null;
                    default:
                        tally.Failed(record.Input, failure);
                        return null;
                }
            }
        }
    }

    /// <summary>What servers answer to a method, a header or a body that they do not know or do not allow.</summary>
    private static bool IsTunnelRejection(int? status) => status is 400 or 404 or 405 or 411 or 413 or 414 or 415 or 422 or 501;

    private bool Fits(IEnumerable<ReadyRecord> group) => batches.Fits([.. group.Select(record => record.Record.Key)]);

    /// <summary>Divides a group into as few as fit into a query each; the first one comes first.</summary>
    private void PushChunks(Stack<IReadOnlyList<ReadyRecord>> groups, IReadOnlyList<ReadyRecord> group)
    {
        int from = 0;
        var chunks = new List<IReadOnlyList<ReadyRecord>>();
        foreach (IReadOnlyList<ResumeKey> keys in batches.Chunks(group.Select(record => record.Record.Key), batchSize))
        {
            chunks.Add([.. group.Skip(from).Take(keys.Count)]);
            from += keys.Count;
        }

        foreach (IReadOnlyList<ReadyRecord> chunk in Enumerable.Reverse(chunks))
            groups.Push(chunk);
    }

    private static void PushHalves(Stack<IReadOnlyList<ReadyRecord>> groups, IReadOnlyList<ReadyRecord> group)
    {
        groups.Push([.. group.Skip(group.Count / 2)]);
        groups.Push([.. group.Take(group.Count / 2)]);
    }

    private static void Settle(IEnumerable<ReadyRecord> group, Action<ReadyRecord> settle)
    {
        foreach (ReadyRecord record in group)
            settle(record);
    }
}
