using System.Globalization;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>Returns the job of a slice that is in progress, or creates one.</summary>
/// <param name="context">The checkpoint, the client and the clock.</param>
/// <param name="series">The series of the slice.</param>
/// <param name="slice">The slice.</param>
/// <param name="toJob">Creates the object for the job of a slice with a job id.</param>
/// <param name="create">Requests a new job for the slice.</param>
internal sealed class SliceJobCreator(
    IncrementalExportContext context,
    ExportSeries series,
    Slice slice,
    Func<Slice, ExportJob> toJob,
    Func<Slice, IDiagnostics, CancellationToken, Task<ExportJob>> create
)
{
    /// <summary>
    /// LinkedIn processes a job for up to two hours, and its links expire after another hour. After that, an unknown job is of
    /// no use.
    /// </summary>
    private static readonly TimeSpan OrphanTimeout = TimeSpan.FromHours(3);

    /// <summary>
    /// The time that the command waits for the response to a create request after the user stopped it, so that the checkpoint
    /// gets the id of the job. A stopped command ends within a second.
    /// </summary>
    private static readonly TimeSpan CancellationGracePeriod = TimeSpan.FromMilliseconds(400);

    private readonly DateTimeOffset _now = context.Time.GetUtcNow();

    /// <summary>Whether the checkpoint did not have the slice before this run.</summary>
    private readonly bool _isNew = !series.Slices.Contains(slice);

    /// <summary>Whether no other slice follows.</summary>
    private bool _isLast = !series.Slices.Contains(slice) || series.Slices[series.Slices.Length - 1] == slice;

    /// <summary>Returns the job that is in progress or a new one; null if the new job cannot be used.</summary>
    /// <param name="force">Whether to create a job although another one may exist.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="deferred">Receives the messages about the creation of a job.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    internal async Task<ExportJob?> RunAsync(
        bool force,
        IDiagnostics diagnostics,
        DeferredDiagnostics deferred,
        CancellationToken cancellationToken
    )
    {
        if (slice.JobId is not null && await FindAsync(diagnostics, cancellationToken).ConfigureAwait(false) is { } current)
            return current;

        if (slice.RequestedAt is { } requestedAt)
            ThrowIfStillPossible(requestedAt, force, diagnostics);
        return await CreateAsync(deferred, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The job in progress; null, after a warning, if it failed or LinkedIn has deleted it.</returns>
    private async Task<ExportJob?> FindAsync(IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        ExportJob job = toJob(slice);
        try
        {
            job = await context.Jobs.GetAsync(job, diagnostics, cancellationToken).ConfigureAwait(false);
            if (job.State != ExportJobState.Failed)
            {
                diagnostics.Verbose($"{context.Checkpoint.FilePath} continues {job}.");
                return job;
            }

            if (TrySplit(job))
                diagnostics.Warning($"The file of {job} would be too large. Creating two jobs for the halves of its period.");
            else
                diagnostics.Warning($"{JobFailure.ToException(job).Message} Creating a new job for the same period.");
        }
        catch (LinkedInException missing)
            when (missing.StatusCode is 404 or 410
                || (missing.StatusCode is 400 or 403 && _now - slice.CreatedAt > ExportJobClient.JobLifetime)
            )
        {
            diagnostics.Warning(
                $"LinkedIn no longer has {job} of {context.Checkpoint.FilePath}; it keeps jobs for a week. Creating a new "
                    + "job for the same period."
            );
        }

        return null;
    }

    /// <summary>
    /// Divides the slice of a job whose file would be too large, because another job for the same period would fail as well.
    /// This run creates the job of the first half, and the caller continues with the second one.
    /// </summary>
    private bool TrySplit(ExportJob job)
    {
        if (
            !JobFailure.IsOversized(job)
            || slice is not { IsRest: false, EndAt: { } end }
            || new Period(slice.StartAt, end) is not { CanSplit: true } period
        )
        {
            return false;
        }

        (Period first, Period second) = period.Split();
        var half = new Slice { StartAt = first.StartAt, EndAt = first.EndAt };
        var other = new Slice { StartAt = second.StartAt, EndAt = second.EndAt };
        Update(current => current.Replace(slice, half, other));
        (slice, _isLast) = (half, false);
        return true;
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
                    "Whether the export job for {0} requested at {1:u} was created is unknown, because no response was "
                        + "received. Run the command again after {2:u}, or use -Force to create another job now.",
                    series.Owner,
                    requestedAt.UtcDateTime,
                    orphanedAt.UtcDateTime
                )
            )
            {
                Target = series.Owner,
            };
        }

        diagnostics.Warning(
            $"Whether an export job for {series.Owner} was created at {requestedAt.UtcDateTime:u} is unknown. Creating "
                + "another one for the same period."
        );
    }

    /// <summary>
    /// Gets the time at which the wait for an unknown job begins: the time of its request. If that is in the future, a clock
    /// was wrong, and the wait begins when a run first notices it, so that a clock that was years ahead does not prolong it.
    /// </summary>
    private DateTimeOffset GetReferenceTime(DateTimeOffset requestedAt)
    {
        if (requestedAt <= _now)
            return requestedAt;
        if (slice.RequestedAheadSince is { } since && since <= _now)
            return since;

        Slice updated = slice with { RequestedAheadSince = _now };
        Update(current => current.Replace(slice, updated));
        slice = updated;
        return _now;
    }

    private async Task<ExportJob?> CreateAsync(DeferredDiagnostics deferred, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Slice[] before = _isNew ? [] : [slice];
        Slice requested = new()
        {
            StartAt = slice.StartAt,
            EndAt = slice.EndAt,
            RequestedAt = _now,
        };
        Update(current => _isNew ? current.Add(requested) : current.Replace(slice, requested));
        using var stop = new GracePeriod(context.Time, CancellationGracePeriod, cancellationToken);
        ExportJob job;
        try
        {
            job = await create(slice, deferred, stop.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is LinkedInException { IsNotProcessed: true } or RequestNotProcessedException)
        {
            Update(current => current.Replace(requested, before));
            throw;
        }

        Slice[] after = UpdateSlice(requested, job, deferred);
        try
        {
            Update(current => current.Replace(requested, after));
        }
        catch (LinkedInException failure)
        {
            throw new LinkedInException(
                failure.Id,
                $"{failure.Message} {job} was created. To continue it: {job.GetResumeCommand()} | Wait-ExportJob",
                failure
            )
            {
                Target = failure.Target,
            };
        }

        // The next run knows only the end of the slice, and the manifests of the job's files contain the end.
        return after is not [{ JobId: not null } created] ? null
            : job is SalesAnalyticsExportJob sales ? sales with { EndAt = created.EndAt }
            : job;
    }

    /// <summary>
    /// Limits the end of a new job's slice to the data that LinkedIn has by its own clock: the clock of this machine may be
    /// ahead, and the watermark would pass days that are not over. If LinkedIn has no data of the slice, or another slice
    /// follows without a gap, the job is not used.
    /// </summary>
    /// <returns>The slice of the job, the slice without a job, or none for a slice that the checkpoint did not have.</returns>
    private Slice[] UpdateSlice(Slice requested, ExportJob job, DeferredDiagnostics deferred)
    {
        Slice updated = requested with { RequestedAt = null, JobId = job.JobId, CreatedAt = job.CreatedAt ?? _now };
        if (
            requested.EndAt is not { } end
            || job.CreatedAt is not { } createdAt
            || end <= Period.GetLastCompleteInstant(createdAt)
        )
        {
            return [updated];
        }

        DateTimeOffset lastComplete = Period.GetLastCompleteInstant(createdAt);
        if (_isLast && lastComplete >= requested.StartAt)
        {
            deferred.Warning(
                $"By LinkedIn's clock it is {createdAt.UtcDateTime:u}, so {job} may lack data after "
                    + $"{lastComplete.UtcDateTime:u}. The "
                    + "next export starts there again; check the clock of this machine."
            );
            return [updated with { EndAt = lastComplete }];
        }

        deferred.Warning(
            $"By LinkedIn's clock it is {createdAt.UtcDateTime:u}, so the period of the new {job} is not over. The job is not "
                + "used; check the clock of this machine."
        );
        return _isNew ? [] : [new Slice { StartAt = requested.StartAt, EndAt = requested.EndAt }];
    }

    private void Update(Func<ExportSeries, ExportSeries> change) =>
        context.Checkpoint.Update(series.ExportType, series.Owner, change);
}
