using LinkedInExports.Core.Http.Limits;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Removal;

/// <summary>
/// Removes resumes at LinkedIn, in as few calls as their keys fit into. One that is not there is gone already: that is what
/// was wanted.
/// </summary>
internal sealed class ResumeRemoval(ResumeBatches batches, RequestLimits limits)
{
    /// <summary>Outputs a <see cref="ResumeSyncResult"/> for each key.</summary>
    internal async Task RunAsync(
        IReadOnlyList<ResumeKey> keys, ResumeLedger? ledger, IMessages messages, CancellationToken cancellation)
    {
        ledger?.Remind(limits.Records);
        DailyBudget budget = ledger?.CreateBudget(limits.Requests, limits.Clock, waits: false) ?? limits.Requests;
        try
        {
            await RemoveAsync(keys, budget, ledger, messages, cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (ledger is not null)
                budget.Settle();
        }
    }

    private async Task RemoveAsync(
        IReadOnlyList<ResumeKey> keys, DailyBudget budget, ResumeLedger? ledger, IMessages messages, CancellationToken cancellation)
    {
        var distinct = new List<ResumeKey>();
        foreach (ResumeKey key in keys.Distinct())
        {
            if (Problem(key) is { } problem)
                Settle(messages, key, ResumeSyncOutcome.Rejected, null, Refused(key, LinkedInErrorId.InvalidResumeRecord, problem, null));
            else
                distinct.Add(key);
        }

        LinkedInException? stopped = null;
        foreach (IReadOnlyList<ResumeKey> chunk in batches.Chunks(distinct, Math.Min(ResumeBatches.MaxRecords, limits.Records.RecordsPerMinute)))
        {
            BatchAnswer? answer = null;
            if (stopped is null)
            {
                try
                {
                    answer = await batches.DeleteAsync(chunk, Cost(budget, ledger, chunk.Count), messages, cancellation).ConfigureAwait(false);
                }
                catch (LinkedInException failure)
                {
                    // Whatever a whole call fails from, the next one would fail from as well.
                    stopped = failure;
                }
            }

            foreach (ResumeKey key in chunk)
            {
                if (answer is not null)
                    Take(key, answer[key], ledger, messages);
                else
                    Settle(messages, key, ResumeSyncOutcome.Pending, stopped!.StatusCode, stopped.Message);
            }
        }

        if (stopped is not null)
            throw stopped;
    }

    private void Take(ResumeKey key, RecordAnswer answer, ResumeLedger? ledger, IMessages messages)
    {
        bool isGone = answer.Status == 404;
        if (!isGone && !answer.IsSuccess)
        {
            Settle(messages, key, ResumeSyncOutcome.Failed, answer.Status, Refused(
                key, LinkedInErrorId.ResumeNotSynced, answer.Message ?? $"LinkedIn answered {answer.Status}.", answer.Status));
            return;
        }

        ledger?.Append(new LedgerLine
        {
            Kind = LedgerKind.Removed,
            IntegrationContext = key.IntegrationContext,
            CandidateId = key.CandidateId,
            ResumeId = key.ResumeId,
            Status = answer.Status,
        });
        Settle(messages, key, isGone ? ResumeSyncOutcome.Unchanged : ResumeSyncOutcome.Synced, answer.Status, isGone ? "LinkedIn had no such resume." : null);
    }

    private string? Problem(ResumeKey key) =>
        ResumeKey.Problem("CandidateId", key.CandidateId) ?? ResumeKey.Problem("ResumeId", key.ResumeId)
        ?? (batches.Fits(key) ? null : "its ids are too long for a request");

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
            CompletedAt = outcome == ResumeSyncOutcome.Pending ? null : limits.Clock.Now,
        });

    private static RequestCost Cost(DailyBudget budget, ResumeLedger? ledger, int records) => new(budget, records)
    {
        Sent = ledger is null ? null : isAnswered => ledger.Append(LedgerLine.OfBatch(isAnswered, records)),
    };
}
