using System.Globalization;
using System.Runtime.CompilerServices;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>
/// Creates export jobs by a checkpoint: each from where the one before it ended, and none where one is under way. What is
/// to be done is on the disk before it is done, and what came of it afterwards.
/// </summary>
public sealed class IncrementalExportService
{
    /// <summary>
    /// LinkedIn works on a job for up to two hours, and its links live for one more: what is known to nobody by then is over,
    /// and a new job doubles nothing.
    /// </summary>
    private static readonly TimeSpan OrphanTimeout = TimeSpan.FromHours(3);

    /// <summary>
    /// How long a request for a job is still waited for after the user stopped the command, so that its id gets into the checkpoint. A
    /// stopped command ends within a second.
    /// </summary>
    private static readonly TimeSpan CancellationGracePeriod = TimeSpan.FromMilliseconds(400);

    /// <summary>How long LinkedIn keeps a job.</summary>
    private static readonly TimeSpan JobLifetime = TimeSpan.FromDays(7);

    private readonly CrmValidationClient _crmValidation;
    private readonly SalesAnalyticsClient _salesAnalytics;
    private readonly ExportJobClient _jobs;
    private readonly TimeProvider _time;
    private readonly CheckpointLease _checkpoint;

    internal IncrementalExportService(
        CrmValidationClient crmValidation, SalesAnalyticsClient salesAnalytics, ExportJobClient jobs, TimeProvider time, CheckpointLease checkpoint)
    {
        _crmValidation = crmValidation;
        _salesAnalytics = salesAnalytics;
        _jobs = jobs;
        _time = time;
        _checkpoint = checkpoint;
    }

    /// <summary>Returns the validation job that is in progress, or creates one from the watermark on.</summary>
    /// <param name="crmInstance">The CRM instance.</param>
    /// <param name="startAt">Where the first export starts; of no account afterwards.</param>
    /// <param name="overlap">How far a new export reaches back before the watermark, zero or more: LinkedIn may flag records late.</param>
    /// <param name="force">Whether to create a job where another may have been created whose id is not known.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// There is no start yet (<see cref="LinkedInErrorId.ExportStartRequired"/>), the job could not be created, or nobody knows
    /// whether one was (<see cref="LinkedInErrorId.CreateOutcomeUnknown"/>).
    /// </exception>
    public async IAsyncEnumerable<ExportJob> ContinueCrmValidationAsync(
        CrmInstanceUrn crmInstance,
        DateTimeOffset? startAt,
        TimeSpan overlap,
        bool force,
        IDiagnostics diagnostics,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string urn = crmInstance.ToString();
        ExportSeries series = _checkpoint.GetSeries(ExportType.CrmValidation, urn);
        Slice? open = series.Slices.FirstOrDefault();
        DateTimeOffset start = GetStart(series, open?.StartAt ?? series.GetStartWithOverlap(overlap), startAt, "-ExportStartAt", diagnostics);

        var attempt = new SliceJobCreator(
            this,
            series,
            open ?? new Slice { StartAt = start },
            slice => new CrmValidationExportJob { JobId = slice.JobId!.Value, CrmInstanceId = urn, ExportStartAt = slice.StartAt, CreatedAt = slice.CreatedAt },
            async (held, cancellationToken) => await _crmValidation.CreateAsync(crmInstance, start, held, cancellationToken).ConfigureAwait(false));
        using var deferred = new DeferredDiagnostics(diagnostics);
        if (await attempt.RunAsync(force, diagnostics, deferred, cancellationToken).ConfigureAwait(false) is { } job)
            yield return job;
    }

    /// <summary>
    /// Returns the analytics jobs that are in progress, and creates jobs for the time from there to an end, in slices of at most
    /// 90 days.
    /// </summary>
    /// <param name="exportType">What to export.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="startAt">Where the first export starts; of no account afterwards.</param>
    /// <param name="endAt">
    /// The end; null for the last whole day, UTC, that LinkedIn surely has. A later one is cut there: what LinkedIn does not
    /// have yet would be behind the watermark and never asked for again.
    /// </param>
    /// <param name="force">Whether to create jobs where others may have been created whose ids are not known.</param>
    /// <param name="diagnostics">Receives errors and diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">As for validation jobs. The jobs before were output.</exception>
    public async IAsyncEnumerable<ExportJob> ContinueSalesAnalyticsAsync(
        ExportType exportType,
        ContractUrn contract,
        DateTimeOffset? startAt,
        DateTimeOffset? endAt,
        bool force,
        IDiagnostics diagnostics,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string urn = contract.ToString();
        var emitted = new HashSet<long>();
        foreach (Slice slice in _checkpoint.GetSeries(exportType, urn).Slices.Where(slice => !slice.IsSaved))
        {
            using var deferred = new DeferredDiagnostics(diagnostics);
            if (await TryContinueAsync(slice, deferred).ConfigureAwait(false) is { } job)
                yield return job;
        }

        ExportSeries series = _checkpoint.GetSeries(exportType, urn);
        DateTimeOffset start = GetStart(series, series.NextStartAt, startAt, "-StartAt", diagnostics);
        if (Period.Until(start, endAt, _time.GetUtcNow(), diagnostics) is not { } period)
        {
            if (emitted.Count == 0)
                diagnostics.Warning($"{_checkpoint.FilePath}: nothing new to export. {exportType} data of {urn} was asked for up to {start.UtcDateTime:u}, and LinkedIn has no whole day after that yet, or -EndAt comes before it.");
            yield break;
        }

        foreach (Period next in period.GetSlices())
        {
            if (next.StartAt != period.StartAt && _checkpoint.GetSeries(exportType, urn).NextStartAt != next.StartAt)
                yield break; // By LinkedIn's clock the one before lies in the future, which has been said.
            using var deferred = new DeferredDiagnostics(diagnostics);
            if (await TryContinueAsync(new Slice { StartAt = next.StartAt, EndAt = next.EndAt }, deferred).ConfigureAwait(false) is { } job)
                yield return job;
        }

        async Task<ExportJob?> TryContinueAsync(Slice slice, DeferredDiagnostics deferred)
        {
            var attempt = new SliceJobCreator(
                this,
                _checkpoint.GetSeries(exportType, urn),
                slice,
                known => new SalesAnalyticsExportJob(exportType)
                {
                    JobId = known.JobId!.Value,
                    Contract = urn,
                    StartAt = known.StartAt,
                    EndAt = known.EndAt,
                    CreatedAt = known.CreatedAt,
                },
                async (held, cancellationToken) => await _salesAnalytics
                    .CreateAsync(exportType, contract, new Period(slice.StartAt, slice.EndAt!.Value), held, cancellationToken).ConfigureAwait(false));
            try
            {
                ExportJob? job = await attempt.RunAsync(force, diagnostics, deferred, cancellationToken).ConfigureAwait(false);
                return job is not null && emitted.Add(job.JobId) ? job : null;
            }
            catch (LinkedInException unknown) when (unknown.Id == LinkedInErrorId.CreateOutcomeUnknown)
            {
                deferred.Dispose();
                diagnostics.Error(unknown); // The slice stays in the checkpoint, so the following slices leave no gap.
                return null;
            }
        }
    }

    private DateTimeOffset GetStart(ExportSeries series, DateTimeOffset? continuation, DateTimeOffset? requested, string parameter, IDiagnostics diagnostics)
    {
        if (continuation is not { } start)
        {
            return requested is { } first
                ? DateTimeOffset.FromUnixTimeMilliseconds(first.ToUnixTimeMilliseconds())
                : throw new LinkedInException(
                    LinkedInErrorId.ExportStartRequired,
                    $"{_checkpoint.FilePath} knows nothing of {series.ExportType} data of {series.Owner} yet: say with {parameter} where the first export starts.")
                { Target = series.Owner };
        }

        // The same command day after day has the first day's start in it: that is as it should be, and no reason to warn.
        if (requested > start)
            diagnostics.Warning($"{parameter} {requested.Value.UtcDateTime:u} counts for the first export only: {_checkpoint.FilePath} goes on from {start.UtcDateTime:u} with {series.ExportType} data of {series.Owner}, so that nothing is left out.");
        else
            diagnostics.Verbose($"{_checkpoint.FilePath} goes on from {start.UtcDateTime:u} with {series.ExportType} data of {series.Owner}.");
        return start;
    }

    /// <summary>One slice on its way to a job.</summary>
    private sealed class SliceJobCreator(
        IncrementalExportService service, ExportSeries series, Slice slice, Func<Slice, ExportJob> known, Func<IDiagnostics, CancellationToken, Task<ExportJob>> create)
    {
        private readonly DateTimeOffset _now = service._time.GetUtcNow();

        /// <summary>Returns the job that is in progress or a new one; null if the new job cannot be used.</summary>
        /// <param name="force">Whether to create a job although another one may exist.</param>
        /// <param name="diagnostics">Receives diagnostic messages.</param>
        /// <param name="deferred">Receives the messages about the creation of a job.</param>
        /// <param name="cancellationToken">A token to cancel the operation.</param>
        internal async Task<ExportJob?> RunAsync(
            bool force, IDiagnostics diagnostics, DeferredDiagnostics deferred, CancellationToken cancellationToken)
        {
            if (slice.JobId is not null && await FindAsync(diagnostics, cancellationToken).ConfigureAwait(false) is { } current)
                return current;

            if (slice.RequestedAt is { } requestedAt)
                ThrowIfStillPossible(requestedAt, force, diagnostics);
            return await CreateAsync(deferred, cancellationToken).ConfigureAwait(false);
        }

        /// <returns>The job that is under way; null for one that failed or that LinkedIn does not know any more, which has been said.</returns>
        private async Task<ExportJob?> FindAsync(IDiagnostics diagnostics, CancellationToken cancellationToken)
        {
            ExportJob job = known(slice);
            try
            {
                job = await service._jobs.GetAsync(job, diagnostics, cancellationToken).ConfigureAwait(false);
                if (job.State != ExportJobState.Failed)
                {
                    diagnostics.Verbose($"{service._checkpoint.FilePath} goes on with {job}.");
                    return job;
                }

                diagnostics.Warning($"{JobFailure.ToException(job).Message} A new job for the same period takes its place.");
            }
            catch (LinkedInException gone) when (gone.StatusCode is 404 or 410 || (gone.StatusCode is 400 or 403 && _now - slice.CreatedAt > JobLifetime))
            {
                diagnostics.Warning($"LinkedIn does not know {job} any more, which {service._checkpoint.FilePath} waits for; it keeps jobs for a week. A new job for the same period takes its place.");
            }

            return null;
        }

        private void ThrowIfStillPossible(DateTimeOffset requestedAt, bool force, IDiagnostics diagnostics)
        {
            DateTimeOffset orphanedAt = GetReferenceTime(requestedAt).AddSaturating(OrphanTimeout);
            if (!force && _now < orphanedAt)
            {
                throw new LinkedInException(
                    LinkedInErrorId.CreateOutcomeUnknown,
                    string.Format(
                        CultureInfo.InvariantCulture,
                        "Whether the export job for {0} that was asked for at {1:u} was created is not known: its answer was lost, or the run ended before it came. LinkedIn has no list to look in. Run the command again after {2:u}, when such a job is over, or create another one now with -Force; its files hold the same records.",
                        series.Owner,
                        requestedAt.UtcDateTime,
                        orphanedAt.UtcDateTime))
                { Target = series.Owner };
            }

            diagnostics.Warning($"Whether an export job for {series.Owner} was created at {requestedAt.UtcDateTime:u} is not known; another one for the same period takes its place.");
        }

        /// <summary>
        /// When the time to wait for a lost job begins: when the job was requested. Where that is in the future, one of the two clocks
        /// was wrong, and the time begins when a run first notices: it is not longer for a clock that was years ahead.
        /// </summary>
        private DateTimeOffset GetReferenceTime(DateTimeOffset requestedAt)
        {
            if (requestedAt <= _now)
                return requestedAt;
            if (slice.RequestedAheadSince is { } since && since <= _now)
                return since;

            Slice noted = slice with { RequestedAheadSince = _now };
            Update(now => now.Replace(slice, noted));
            slice = noted;
            return _now;
        }

        private async Task<ExportJob?> CreateAsync(DeferredDiagnostics deferred, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isNew = !series.Slices.Contains(slice);
            Slice before = slice;
            Slice asked = slice with { RequestedAt = _now, RequestedAheadSince = null, JobId = null, CreatedAt = null };
            Update(now => isNew ? now.Add(asked) : now.Replace(before, asked));
            using var stop = new GracePeriod(service._time, CancellationGracePeriod, cancellationToken);
            ExportJob job;
            try
            {
                job = await create(deferred, stop.Token).ConfigureAwait(false);
            }
            catch (LinkedInException failure) when (failure.IsNotProcessed)
            {
                Update(now => now.Replace(asked, isNew ? null : before));
                throw;
            }

            Slice? made = UpdateSlice(asked, job, isNew, deferred);
            try
            {
                Update(now => now.Replace(asked, made));
            }
            catch (LinkedInException failure)
            {
                throw new LinkedInException(
                    failure.Id, $"{failure.Message} {job} was created all the same; to go on with it: {job.GetResumeCommand()} | Wait-ExportJob", failure)
                { Target = failure.Target };
            }

            return made?.JobId is null ? null : job;
        }

        /// <summary>
        /// The slice of a new job, with its end as far as LinkedIn surely has the data by its own clock: a machine whose clock is
        /// ahead would move the watermark over days that have not been yet. Where LinkedIn has none of it, or another slice follows
        /// to which there must be no gap, the job is not used.
        /// </summary>
        private Slice? UpdateSlice(Slice asked, ExportJob job, bool isNew, DeferredDiagnostics messages)
        {
            Slice made = asked with { RequestedAt = null, JobId = job.JobId, CreatedAt = job.CreatedAt ?? _now };
            if (asked.EndAt is not { } end || job.CreatedAt is not { } created || end <= Period.GetLastCompleteInstant(created))
                return made;

            DateTimeOffset sure = Period.GetLastCompleteInstant(created);
            bool isLast = isNew || series.Slices[series.Slices.Length - 1] == slice;
            if (isLast && sure >= asked.StartAt)
            {
                messages.Warning($"By LinkedIn's clock it is {created.UtcDateTime:u}, so {job} may lack data after {sure.UtcDateTime:u}. The next export starts there again; check the clock of this machine.");
                return made with { EndAt = sure };
            }

            messages.Warning($"By LinkedIn's clock it is {created.UtcDateTime:u}, so the period of {job}, which was just created, is not over. The job is not used; check the clock of this machine.");
            return isNew ? null : new Slice { StartAt = asked.StartAt, EndAt = asked.EndAt };
        }

        private void Update(Func<ExportSeries, ExportSeries> change) => service._checkpoint.Update(series.ExportType, series.Owner, change);
    }
}
