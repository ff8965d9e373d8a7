using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Threading;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Creates the plan of a sync.</summary>
internal sealed class SyncPlanner(
    ResumeSyncOptions options,
    SyncServices services,
    ILedgerLookup ledger,
    InputStore inputs,
    TimeProvider time
)
{
    private readonly object _gate = new();
    private readonly UnchangedResumes _unchanged = new(ledger, options, time);
    private readonly ResumeSyncPlan _plan = new();
    private readonly SortedDictionary<long, string> _findings = [];

    /// <summary>Creates the plan.</summary>
    /// <param name="integrationContext">The organization of all records.</param>
    /// <param name="results">Receives the plan of each record, or null.</param>
    /// <param name="diagnostics">Receives a verbose message for each record that cannot be sent.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    internal async Task<ResumeSyncPlan> RunAsync(
        string integrationContext,
        ResultWriter<PlannedResume>? results,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        await Concurrent
            .ForEachAsync(
                inputs.Read(_ => null).Select((resume, number) => (resume, number)),
                options.ThrottleLimit,
                async (item, token) =>
                {
                    PlannedResume planned = Plan(item.resume, item.number, integrationContext, diagnostics, token);
                    if (results is not null)
                        await results.WriteAsync(planned).ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);

        FindMissing(
            integrationContext,
            results is null ? failure => AddFinding(inputs.Count, failure, diagnostics) : diagnostics.Error,
            cancellationToken
        );
        if (results is not null)
        {
            foreach (ResumeKey key in _plan.Removals)
                await results.WriteAsync(CreateRemoval(key)).ConfigureAwait(false);
        }

        EstimateDuration();
        _plan.Findings = [.. _findings.Values];
        return _plan;
    }

    private PlannedResume Plan(
        StoredResume resume,
        int number,
        string integrationContext,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        ResumeInput input = resume.Input;
        if (input.ValidationError is { } error)
        {
            LinkedInException failure = SyncResultRecorder.CreateInvalidError(input, error);
            AddFinding(number, failure, diagnostics);
            Count(plan => plan.Invalid++);
            return CreateResult(input, PlannedResumeAction.Reject, new SyncReason(error.Id, failure.Message));
        }

        if (!resume.IsNewest)
        {
            Count(plan => plan.Superseded++);
            return CreateResult(input, PlannedResumeAction.Reject, SyncReason.Superseded);
        }

        if (_unchanged.Contains(resume))
        {
            Count(plan => plan.Unchanged++);
            return CreateResult(input, PlannedResumeAction.None);
        }

        var lookup = ResumeLookup.Create(ledger, input.GetKey(integrationContext), input, time.GetUtcNow());
        try
        {
            RequiredStep step = Inspect(
                input,
                _unchanged.IsResent(resume.Key) ? lookup with { Known = null } : lookup,
                cancellationToken
            );
            return CreateResult(
                input,
                step switch
                {
                    RequiredStep.None => PlannedResumeAction.None,
                    RequiredStep.Send => PlannedResumeAction.Update,
                    _ => PlannedResumeAction.Upload,
                }
            );
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var failure = LinkedInException.FromUnexpected("read the resume", exception);
            AddFinding(number, SyncResultRecorder.AddCandidate(input, failure), diagnostics);
            Count(plan =>
            {
                _ = failure.Id switch
                {
                    LinkedInErrorId.ResumeTooLarge => plan.TooLarge++,
                    LinkedInErrorId.UnsupportedResumeFile => plan.WrongType++,
                    _ => plan.Unreadable++,
                };
            });
            return CreateResult(input, PlannedResumeAction.Reject, SyncReason.FromFailure(failure, ResumeSyncReason.Unreadable));
        }
    }

    private static PlannedResume CreateResult(ResumeInput input, PlannedResumeAction action, SyncReason? reason = null) =>
        new()
        {
            CandidateId = input.CandidateId ?? "",
            ResumeId = input.ResumeId ?? "",
            Action = action,
            ReasonId = reason?.Id,
            Reason = reason?.Text,
            Path = input.Path,
        };

    private static PlannedResume CreateRemoval(ResumeKey key) =>
        new()
        {
            CandidateId = key.CandidateId,
            ResumeId = key.ResumeId,
            Action = PlannedResumeAction.Remove,
        };

    private RequiredStep Inspect(ResumeInput input, ResumeLookup lookup, CancellationToken cancellationToken)
    {
        string? sha256 = null;
        long bytes = 0;
        if (input.Path is { } path && input.ResumeFile is null)
        {
            if (lookup.GetKnownHash(options) is { } knownHash)
            {
                (sha256, bytes) = (knownHash, lookup.File!.Length);
            }
            else
            {
                using ResumeDocument document = ResumeDocument.Open(path, cancellationToken);
                (sha256, bytes) = (document.Sha256, document.Length);
            }
        }

        RequiredStep step = ResumePreparer.GetRequiredStep(lookup.Known, input, sha256, options, time.GetUtcNow());
        Count(plan =>
        {
            if (step == RequiredStep.None)
            {
                plan.Unchanged++;
                return;
            }

            plan.Records++;
            if (step == RequiredStep.Upload)
            {
                plan.Uploads++;
                plan.Bytes += bytes;
            }
        });
        return step;
    }

    private void FindMissing(string integrationContext, Action<LinkedInException> report, CancellationToken cancellationToken)
    {
        if (options.MaxRemovals is not { } limit)
            return;
        try
        {
            _plan.Removals = MissingResumes.Find(ledger, inputs, integrationContext, limit, cancellationToken);
        }
        catch (LinkedInException failure)
            when (failure.Id is LinkedInErrorId.RemovalInputIncomplete or LinkedInErrorId.RemovalLimitExceeded)
        {
            report(failure);
        }
    }

    /// <summary>
    /// Adds a finding to the plan. It is not written as an error, because finding it is the purpose of the plan.
    /// </summary>
    private void AddFinding(long number, LinkedInException failure, IDiagnostics diagnostics)
    {
        diagnostics.Verbose($"{failure.Message}");
        Count(plan =>
        {
            plan.FindingCount++;
            _findings[number] = failure.Message;
            if (_findings.Count > ResumeSyncPlan.MaxFindings)
                _findings.Remove(_findings.Keys.Last());
        });
    }

    /// <summary>Estimates the requests, and when LinkedIn's limits allow them to be sent.</summary>
    private void EstimateDuration()
    {
        ResumeQuota quota = services.Quota;
        int recordsPerMinute = quota.Records.RecordsPerMinute;
        int batchSize = Math.Min(options.BatchSize, recordsPerMinute);
        int removals = services
            .Batches.SplitIntoChunks(_plan.Removals, Math.Min(ResumeBatchClient.MaxRecords, recordsPerMinute))
            .Count();
        long perDay = quota.Requests.RequestsPerDay;
        DateTimeOffset now = quota.Clock.Now;
        long today = ServerClock.GetDay(now);
        long usedToday = ledger.State.Days.FirstOrDefault(line => line.Day == today)?.Count ?? 0;

        _plan.InputCount = inputs.Count;
        _plan.Requests =
            (QuotaCost.RequestsPerFile * _plan.Uploads)
            + (QuotaCost.RequestsPerBatch * (((_plan.Records + batchSize - 1) / batchSize) + removals));
        long leftToday = Math.Max(0, perDay - usedToday);
        long daysAfterToday = _plan.Requests <= leftToday ? 0 : (_plan.Requests - leftToday + perDay - 1) / perDay;
        _plan.Days = 1 + daysAfterToday;

        // On the last day the limit per minute decides, for the records that remain for that day.
        long requestsOnLastDay =
            daysAfterToday == 0 ? _plan.Requests : _plan.Requests - leftToday - ((daysAfterToday - 1) * perDay);
        double recordsOnLastDay =
            _plan.Requests == 0 ? 0 : (double)(_plan.Records + _plan.Removals.Count) * requestsOnLastDay / _plan.Requests;
        DateTimeOffset start = daysAfterToday == 0 ? now : ServerClock.GetStartOfDay(today + daysAfterToday);
        var lastDay = TimeSpan.FromMinutes(Math.Floor(recordsOnLastDay / recordsPerMinute));
        _plan.ExpectedEnd = lastDay < DateTimeOffset.MaxValue - start ? start + lastDay : DateTimeOffset.MaxValue;
    }

    private void Count(Action<ResumeSyncPlan> count)
    {
        lock (_gate)
            count(_plan);
    }
}
