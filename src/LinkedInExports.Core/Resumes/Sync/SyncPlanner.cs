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
    private readonly ResumeSyncPlan _plan = new();
    private readonly SortedDictionary<long, string> _findings = [];

    internal async Task<ResumeSyncPlan> RunAsync(
        string integrationContext,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        await Concurrent
            .ForEachAsync(
                inputs.Read(_ => null).Select((item, number) => (item.Input, item.IsNewest, Number: number)),
                options.ThrottleLimit,
                (item, token) =>
                {
                    if (item.Input.ValidationError is { } error)
                    {
                        AddFinding(item.Number, SyncResultRecorder.CreateInvalidError(item.Input, error), diagnostics);
                        Count(plan => plan.Invalid++);
                    }
                    else if (!item.IsNewest)
                    {
                        Count(plan => plan.Superseded++);
                    }
                    else
                    {
                        Inspect(item.Input, item.Input.GetKey(integrationContext), item.Number, diagnostics, token);
                    }

                    return Task.CompletedTask;
                },
                cancellationToken
            )
            .ConfigureAwait(false);

        FindMissing(integrationContext, diagnostics, cancellationToken);
        EstimateDuration();
        _plan.Findings = [.. _findings.Values];
        return _plan;
    }

    private void Inspect(
        ResumeInput input,
        ResumeKey key,
        long number,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        try
        {
            Inspect(input, key, cancellationToken);
        }
        catch (Exception exception)
            when (exception is not (OperationCanceledException or LinkedInException { Id: LinkedInErrorId.LedgerCorrupt }))
        {
            var failure = LinkedInException.FromUnexpected($"read the resume", exception);
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
        }
    }

    private void Inspect(ResumeInput input, ResumeKey key, CancellationToken cancellationToken)
    {
        bool isResend =
            options.Resend == ResumeResend.All && (ledger.State.ResendStart is null || ledger.State.ShouldResend(key));
        LedgerEntry? known = isResend ? null : ledger.Find(key);
        string? sha256 = null;
        long bytes = 0;
        if (input.Path is { } path && input.ResumeFile is null)
        {
            using ResumeDocument document = ResumeDocument.Open(path, cancellationToken);
            (sha256, bytes) = (document.Sha256, document.Length);
        }

        RequiredStep step = ResumePreparer.GetRequiredStep(known, input, sha256, options, time.GetUtcNow());
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
    }

    private void FindMissing(string integrationContext, IDiagnostics diagnostics, CancellationToken cancellationToken)
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
            AddFinding(inputs.Count, failure, diagnostics);
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
