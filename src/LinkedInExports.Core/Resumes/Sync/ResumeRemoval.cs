using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// Removes resumes at LinkedIn, in as few calls as their keys fit into. One that is not there is gone already: that is what
/// was wanted.
/// </summary>
internal sealed class ResumeRemoval(ResumeBatches batches, ResumeQuota quota, TimeProvider time)
{
    /// <summary>A record that LinkedIn has trouble with is sent so often.</summary>
    private const int MaxTries = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Outputs a <see cref="ResumeSyncResult"/> for each key, as a command of its own.</summary>
    internal async Task RunAsync(
        IReadOnlyList<ResumeKey> keys, ResumeLedger? ledger, IMessages messages, CancellationToken cancellationToken)
    {
        ResumeQuota run = ledger is null ? quota : new ResumeQuota(quota, ledger, batchSize: null, waitsForNextDay: false);
        try
        {
            await RemoveAsync(keys, run, ledger, allowed: null, messages, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            run.Requests.Flush();
        }
    }

    /// <summary>The same as a part of a sync, with its budget and within its time.</summary>
    /// <exception cref="LinkedInException">A call failed as a whole; what is left is pending.</exception>
    internal async Task RemoveAsync(
        IReadOnlyList<ResumeKey> keys,
        ResumeQuota run,
        ResumeLedger? ledger,
        SyncTime? allowed,
        IMessages messages,
        CancellationToken cancellationToken)
    {
        var distinct = new List<ResumeKey>();
        foreach (ResumeKey key in keys.Distinct())
        {
            if (batches.Problem(key.CandidateId, key.ResumeId, key.IntegrationContext) is { } problem)
                Settle(messages, key, ResumeSyncOutcome.Rejected, null, Refused(key, LinkedInErrorId.InvalidResumeRecord, problem, null));
            else
                distinct.Add(key);
        }

        // What is sent again comes before what was not sent at all.
        int atMost = Math.Min(ResumeBatches.MaxRecords, quota.Records.RecordsPerMinute);
        var groups = new Stack<Group>(batches.Chunks(distinct, atMost).Select(chunk => new Group(chunk, Tries: 1)).Reverse());
        LinkedInException? stopped = null;
        while (groups.Count > 0)
        {
            Group group = groups.Pop();
            if (stopped is null && allowed?.IsOver != true)
            {
                try
                {
                    foreach (Group again in await SendAsync(group, run, ledger, messages, cancellationToken).ConfigureAwait(false))
                        groups.Push(again);
                    continue;
                }
                catch (LinkedInException failure) when (failure.Id == LinkedInErrorId.InternalError)
                {
                    foreach (ResumeKey key in group.Keys)
                        Settle(messages, key, ResumeSyncOutcome.Failed, null, failure);
                    continue;
                }
                catch (LinkedInException failure)
                {
                    // Whatever a whole call fails from, the next one would fail from as well.
                    stopped = failure;
                }
            }

            foreach (ResumeKey key in group.Keys)
                Settle(messages, key, ResumeSyncOutcome.Pending, stopped?.StatusCode, stopped?.Message ?? allowed!.Reason);
        }

        if (stopped is not null)
            throw stopped;
    }

    /// <summary>Sends one call and settles what its answer settles.</summary>
    /// <returns>What is worth sending again.</returns>
    private async Task<IReadOnlyList<Group>> SendAsync(
        Group group, ResumeQuota run, ResumeLedger? ledger, IMessages messages, CancellationToken cancellationToken)
    {
        BatchAnswer answer;
        try
        {
            answer = await batches.DeleteAsync(group.Keys, Limit(run, ledger, group.Keys), messages, cancellationToken).ConfigureAwait(false);
        }
        catch (LinkedInException failure) when (failure.StatusCode is 400 or 413 or 414 or 422)
        {
            if (group.Keys.Count == 1)
            {
                ledger?.Append(LedgerLine.OfRecord(LedgerKind.NotRemoved, group.Keys[0]));
                Settle(messages, group.Keys[0], ResumeSyncOutcome.Failed, failure.StatusCode, failure);
                return [];
            }

            // One of them spoils it for all; halves find out which.
            messages.Verbose($"{failure.Message} Trying in two halves.");
            int half = group.Keys.Count / 2;
            return [group with { Keys = [.. group.Keys.Skip(half)] }, group with { Keys = [.. group.Keys.Take(half)] }];
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or LinkedInException))
        {
            throw LinkedInException.FromUnexpected($"remove {group.Keys.Count} resumes", exception);
        }

        var again = new List<ResumeKey>();
        foreach (ResumeKey key in group.Keys)
        {
            if (answer[key].IsTransient && group.Tries < MaxTries)
                again.Add(key);
            else
                Take(key, answer[key], ledger, messages);
        }

        ledger?.Flush();
        if (again.Count == 0)
            return [];
        await time.Delay(Pause, cancellationToken).ConfigureAwait(false);
        return [new Group(again, group.Tries + 1)];
    }

    private void Take(ResumeKey key, RecordAnswer answer, ResumeLedger? ledger, IMessages messages)
    {
        bool isGone = answer.Status == 404;
        if (!isGone && !answer.IsSuccess)
        {
            // Without an answer, or with one that may pass, the record may be removed or not: the ledger leaves that open.
            if (answer.Status is not null && !answer.IsTransient)
                ledger?.Append(LedgerLine.OfRecord(LedgerKind.NotRemoved, key));
            Settle(messages, key, ResumeSyncOutcome.Failed, answer.Status, Refused(
                key, answer.ErrorId, answer.Reason, answer.Status));
            return;
        }

        ledger?.Append(LedgerLine.OfRecord(LedgerKind.Removed, key) with { Status = answer.Status });
        Settle(messages, key, isGone ? ResumeSyncOutcome.Unchanged : ResumeSyncOutcome.Removed, answer.Status, isGone ? "LinkedIn had no such resume." : null);
    }

    private static LinkedInException Refused(ResumeKey key, LinkedInErrorId id, string why, int? status) =>
        new(id, $"The resume of {key} was not removed: {why.TrimEnd('.')}.") { StatusCode = status, Target = key.CandidateId };

    private void Settle(IMessages messages, ResumeKey key, ResumeSyncOutcome outcome, int? status, LinkedInException failure)
    {
        messages.Error(failure);
        Settle(messages, key, outcome, status, failure.Message);
    }

    private void Settle(IMessages messages, ResumeKey key, ResumeSyncOutcome outcome, int? status, string? reason) =>
        messages.Output(new ResumeSyncResult
        {
            CandidateId = key.CandidateId,
            ResumeId = key.ResumeId,
            Outcome = outcome,
            StatusCode = status,
            Reason = reason,
            CompletedAt = outcome == ResumeSyncOutcome.Pending ? null : quota.Clock.Now,
        });

    private static IRequestLimiter Limit(ResumeQuota quota, ResumeLedger? ledger, IReadOnlyList<ResumeKey> keys)
    {
        IRequestLimiter limiter = quota.LimitBatch(keys.Count);
        return ledger is null ? limiter : new RemovalLimiter(limiter, ledger, keys);
    }

    /// <summary>The keys of one call, and how often these records have been sent with it.</summary>
    private sealed record Group(IReadOnlyList<ResumeKey> Keys, int Tries);
}
