using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Exports.Sales;
using LinkedInExports.Core.Http.Limits;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Uploads;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Finds out what a sync would do, without a request and without a change to the ledger.</summary>
public sealed class ResumeSyncPlanner : IResumeIntake
{
    private readonly object _gate = new();
    private readonly ResumeSyncOptions _options;
    private readonly RequestLimits _limits;
    private readonly TimeProvider _time;
    private readonly LedgerFolder _folder;
    private readonly LedgerSnapshot _ledger;
    private readonly InputSpool _spool;
    private readonly ResumeSyncPlan _plan = new();

    internal ResumeSyncPlanner(ResumeSyncOptions options, RequestLimits limits, FileSystem files, string api, TimeProvider time)
    {
        _options = options;
        _limits = limits;
        _time = time;
        string integrationContext = OrganizationUrn.Parse(options.IntegrationContext);
        if (options.Contract is { } contract)
            ContractUrn.Parse(contract);

        _folder = new LedgerFolder(files, null);
        try
        {
            _ledger = LedgerSnapshot.Read(files, options.LedgerPath ?? _folder.Path);
            if (_ledger.State.Api is { } owner && owner != api)
                throw LedgerReader.Foreign(options.LedgerPath!, owner, api);
            _spool = new InputSpool(files, Path.Combine(_folder.Path, "input"), integrationContext, _ => null);
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
        SpooledInput spooled = SpooledInput.Of(input);
        spooled.DemandContract(_options.Contract);
        _spool.Add(spooled);
    }

    /// <summary>Makes the plan. What could not be sent is an error each.</summary>
    public async Task<ResumeSyncPlan> RunAsync(IMessages messages, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(_options.ThrottleLimit);
        var running = new List<Task>();
        try
        {
            foreach ((SpooledInput input, bool isNewest) in _spool.Read())
            {
                await slots.WaitAsync(cancellation).ConfigureAwait(false);
                running.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
                running.Add(Task.Run(
                    () =>
                    {
                        try
                        {
                            Look(input, isNewest, messages, cancellation);
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

        Reckon();
        return _plan;
    }

    /// <summary>Removes what it needed.</summary>
    public void Dispose()
    {
        _spool.Dispose();
        _ledger.Dispose();
        _folder.Dispose();
    }

    private void Look(SpooledInput input, bool isNewest, IMessages messages, CancellationToken cancellation)
    {
        if (input.Problem is { } problem)
        {
            messages.Error(SyncTally.Invalid(input, problem));
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
            catch (LinkedInException failure) when (failure.Id != LinkedInErrorId.LedgerDamaged)
            {
                messages.Error(failure);
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

    private void LookAtFile(SpooledInput input, CancellationToken cancellation)
    {
        LedgerLine? known = _ledger.Find(_spool.KeyOf(input));
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
            isUnchanged = isSameFile && RecordPreparation.IsInSync(known, input);
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
        int batchSize = Math.Min(_options.BatchSize, _limits.Records.RecordsPerMinute);
        long perDay = _limits.Requests.RequestsPerDay;
        DateTimeOffset now = _limits.Clock.Now;
        long today = now.ToUnixTimeSeconds() / 86_400;
        long usedToday = _ledger.State.Days.FirstOrDefault(line => line.Day == today)?.Count ?? 0;

        _plan.Input = _spool.Count;
        _plan.Requests = (2 * _plan.Uploads) + ((_plan.Records + batchSize - 1) / batchSize);
        long leftToday = Math.Max(0, perDay - usedToday);
        long daysAfterToday = _plan.Requests <= leftToday ? 0 : (_plan.Requests - leftToday + perDay - 1) / perDay;
        _plan.Days = 1 + daysAfterToday;

        // On the last day the minutes' limit is what counts, for the records that are left for it.
        long requestsOnLastDay = daysAfterToday == 0 ? _plan.Requests : _plan.Requests - leftToday - ((daysAfterToday - 1) * perDay);
        double recordsOnLastDay = _plan.Requests == 0 ? 0 : (double)_plan.Records * requestsOnLastDay / _plan.Requests;
        DateTimeOffset start = daysAfterToday == 0 ? now : ServerClock.StartOf(today + daysAfterToday);
        _plan.ExpectedEnd = start + TimeSpan.FromMinutes(Math.Floor(recordsOnLastDay / _limits.Records.RecordsPerMinute));
    }

    private void Count(Action<ResumeSyncPlan> count)
    {
        lock (_gate)
            count(_plan);
    }
}
