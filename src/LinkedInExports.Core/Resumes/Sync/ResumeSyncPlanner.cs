using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Uploads;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Finds out what a sync would do, without a request and without a change to the ledger.</summary>
public sealed class ResumeSyncPlanner : IResumeIntake
{
    private readonly object _gate = new();
    private readonly ResumeSyncOptions _options;
    private readonly ResumeBatches _batches;
    private readonly ResumeQuota _quota;
    private readonly TimeProvider _time;
    private readonly LedgerFolder _folder;
    private readonly LedgerSnapshot _ledger;
    private readonly InputSpool _spool;
    private readonly ResumeSyncPlan _plan = new();
    private readonly SortedDictionary<long, string> _findings = [];
    private readonly string _integrationContext;

    internal ResumeSyncPlanner(
        ResumeSyncOptions options, ResumeBatches batches, ResumeQuota quota, FileSystem files, string api, TimeProvider time)
    {
        _options = options;
        _batches = batches;
        _quota = quota;
        _time = time;
        _integrationContext = OrganizationUrn.Parse(options.IntegrationContext);
        if (options is { MaxRemovals: not null, LedgerPath: null })
            throw MissingResumes.WithoutLedger();
        if (options.Contract is { } contract)
            RecruiterContractUrn.Parse(contract);

        _folder = new LedgerFolder(files, null);
        try
        {
            _ledger = LedgerSnapshot.Read(files, options.LedgerPath ?? _folder.Path);
            if (_ledger.State.Api is { } owner && owner != api)
                throw LedgerReader.Foreign(options.LedgerPath!, owner, api);
            _spool = new InputSpool(files, Path.Combine(_folder.Path, "input"), _integrationContext, _ => null);
        }
        catch
        {
            _ledger?.Dispose();
            _folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Add(ResumeInput input)
    {
        SpooledInput spooled = SpooledInput.Of(input, _batches);
        spooled.DemandContract(_options.Contract);
        _spool.Add(spooled);
    }

    /// <summary>Makes the plan. What could not be sent is part of it.</summary>
    public async Task<ResumeSyncPlan> RunAsync(IMessages messages, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(_options.ThrottleLimit);
        var running = new List<Task>();
        long number = 0;
        try
        {
            foreach ((SpooledInput input, bool isNewest) in _spool.Read())
            {
                await slots.WaitAsync(cancellation).ConfigureAwait(false);
                running.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
                long place = number++;
                running.Add(Task.Run(
                    () =>
                    {
                        try
                        {
                            Look(input, isNewest, place, messages, cancellation);
                        }
                        finally
                        {
                            slots.Release();
                        }
                    },
                    CancellationToken.None));
            }
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }

        LookForMissing(number, messages, cancellation);
        Reckon();
        _plan.Findings = [.. _findings.Values];
        return _plan;
    }

    /// <summary>Removes what it needed.</summary>
    public void Dispose()
    {
        _spool.Dispose();
        _ledger.Dispose();
        _folder.Dispose();
    }

    private void Look(SpooledInput input, bool isNewest, long place, IMessages messages, CancellationToken cancellation)
    {
        if (input.Problem is { } problem)
        {
            Find(place, SyncTally.Invalid(input, problem), messages);
            Count(plan => plan.Invalid++);
        }
        else if (!isNewest)
        {
            Count(plan => plan.Superseded++);
        }
        else
        {
            try
            {
                LookAtFile(input, cancellation);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or LinkedInException { Id: LinkedInErrorId.LedgerDamaged }))
            {
                var failure = LinkedInException.FromUnexpected($"look at the resume of {_spool.KeyOf(input)}", exception);
                Find(place, failure, messages);
                Count(plan =>
                {
                    _ = failure.Id switch
                    {
                        LinkedInErrorId.ResumeTooLarge => plan.TooLarge++,
                        LinkedInErrorId.ResumeNotAccepted => plan.WrongType++,
                        _ => plan.Unreadable++,
                    };
                });
            }
        }
    }

    private void LookForMissing(long place, IMessages messages, CancellationToken cancellation)
    {
        if (_options.MaxRemovals is not { } limit)
            return;
        try
        {
            _plan.Removals = MissingResumes.Find(_ledger, _spool, _integrationContext, limit, cancellation);
        }
        catch (LinkedInException failure) when (failure.Id is LinkedInErrorId.RemovalInputIncomplete or LinkedInErrorId.RemovalLimitExceeded)
        {
            Find(place, failure, messages);
        }
    }

    /// <summary>What cannot be done is no error of a plan: it is what the plan is asked for.</summary>
    private void Find(long place, LinkedInException failure, IMessages messages)
    {
        messages.Verbose($"{failure.Message}");
        Count(plan =>
        {
            plan.FindingCount++;
            _findings[place] = failure.Message;
            if (_findings.Count > ResumeSyncPlan.MaxFindings)
                _findings.Remove(_findings.Keys.Last());
        });
    }

    private void LookAtFile(SpooledInput input, CancellationToken cancellation)
    {
        ResumeKey key = _spool.KeyOf(input);
        bool mayReuse = !(_options.Resend == ResumeResend.All && (_ledger.State.ResendStart is null || _ledger.State.IsToBeResent(key)));
        LedgerLine? known = mayReuse ? _ledger.Find(key) : null;
        bool isUploaded;
        bool isUnchanged;
        long bytes = 0;
        if (input.ResumeFile is { } given)
        {
            isUploaded = true;
            isUnchanged = known?.ResumeFile == given && RecordPreparation.IsInSync(known, input);
        }
        else
        {
            using ResumeDocument document = ResumeDocument.Open(input.Path!, cancellation);
            bool isSameFile = known?.Sha256 == document.Sha256;
            isUnchanged = isSameFile && RecordPreparation.IsInSync(known, input)
                && !(_options.Resend == ResumeResend.Expired && RecordPreparation.IsExpired(known!, _time.GetUtcNow()));
            isUploaded = isSameFile && RecordPreparation.IsUsable(known!, _options.RetainFor, _time.GetUtcNow());
            bytes = document.Length;
        }

        Count(plan =>
        {
            if (isUnchanged)
            {
                plan.Unchanged++;
                return;
            }

            plan.Records++;
            if (!isUploaded)
            {
                plan.Uploads++;
                plan.Bytes += bytes;
            }
        });
    }

    /// <summary>The requests, and the time that LinkedIn's limits allow them in.</summary>
    private void Reckon()
    {
        int batchSize = Math.Min(_options.BatchSize, _quota.Records.RecordsPerMinute);
        int removals = _batches.Chunks(_plan.Removals, Math.Min(ResumeBatches.MaxRecords, _quota.Records.RecordsPerMinute)).Count();
        long perDay = _quota.Requests.RequestsPerDay;
        DateTimeOffset now = _quota.Clock.Now;
        long today = ServerClock.DayOf(now);
        long usedToday = _ledger.State.Days.FirstOrDefault(line => line.Day == today)?.Count ?? 0;

        _plan.Input = _spool.Count;
        _plan.Requests = (QuotaCost.RequestsPerFile * _plan.Uploads)
            + (QuotaCost.RequestsPerBatch * (((_plan.Records + batchSize - 1) / batchSize) + removals));
        long leftToday = Math.Max(0, perDay - usedToday);
        long daysAfterToday = _plan.Requests <= leftToday ? 0 : (_plan.Requests - leftToday + perDay - 1) / perDay;
        _plan.Days = 1 + daysAfterToday;

        // On the last day the minutes' limit is what counts, for the records that are left for it.
        long requestsOnLastDay = daysAfterToday == 0 ? _plan.Requests : _plan.Requests - leftToday - ((daysAfterToday - 1) * perDay);
        double recordsOnLastDay = _plan.Requests == 0 ? 0 : (double)(_plan.Records + _plan.Removals.Count) * requestsOnLastDay / _plan.Requests;
        DateTimeOffset start = daysAfterToday == 0 ? now : ServerClock.GetStartOfDay(today + daysAfterToday);
        var lastDay = TimeSpan.FromMinutes(Math.Floor(recordsOnLastDay / _quota.Records.RecordsPerMinute));
        _plan.ExpectedEnd = lastDay < DateTimeOffset.MaxValue - start ? start + lastDay : DateTimeOffset.MaxValue;
    }

    private void Count(Action<ResumeSyncPlan> count)
    {
        lock (_gate)
            count(_plan);
    }
}
