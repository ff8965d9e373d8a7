using System.Runtime.CompilerServices;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>
/// Creates the export jobs of a checkpoint. Each one starts where the previous one ended, and a job in progress is continued. The
/// checkpoint is saved before a job is requested, and again with its id.
/// </summary>
public sealed class IncrementalExportService
{
    private readonly CrmValidationClient _crmValidation;
    private readonly SalesAnalyticsClient _salesAnalytics;
    private readonly IncrementalExportContext _context;

    internal IncrementalExportService(
        CrmValidationClient crmValidation,
        SalesAnalyticsClient salesAnalytics,
        IncrementalExportContext context
    )
    {
        _crmValidation = crmValidation;
        _salesAnalytics = salesAnalytics;
        _context = context;
    }

    private CheckpointLease Checkpoint => _context.Checkpoint;

    /// <summary>Returns the validation job that is in progress, or creates one from the watermark on.</summary>
    /// <param name="crmInstance">The CRM instance.</param>
    /// <param name="startAt">The start of the first export. It is ignored afterwards.</param>
    /// <param name="overlap">The time before the watermark that a new export includes again, because LinkedIn may flag records
    /// late.</param>
    /// <param name="force">Whether to create a job although another one with an unknown id may exist.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// The checkpoint has no start (<see cref="LinkedInErrorId.ExportStartRequired"/>), the job could not be created, or
    /// whether it was created is unknown (<see cref="LinkedInErrorId.CreateOutcomeUnknown"/>).
    /// </exception>
    public async IAsyncEnumerable<ExportJob> ContinueCrmValidationAsync(
        CrmInstanceUrn crmInstance,
        DateTimeOffset? startAt,
        TimeSpan overlap,
        bool force,
        IDiagnostics diagnostics,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string urn = crmInstance.ToString();
        ExportSeries series = Checkpoint.GetSeries(ExportType.CrmValidation, urn);
        Slice? open = series.Slices.FirstOrDefault();
        DateTimeOffset start = GetStart(
            series,
            open?.StartAt ?? series.GetStartWithOverlap(overlap),
            startAt,
            "-ExportStartAt",
            diagnostics
        );

        var creator = new SliceJobCreator(
            _context,
            series,
            open ?? new Slice { StartAt = start },
            slice => new CrmValidationExportJob
            {
                JobId = slice.JobId!.Value,
                CrmInstanceId = urn,
                ExportStartAt = slice.StartAt,
                CreatedAt = slice.CreatedAt,
            },
            async (_, messages, cancellationToken) =>
                await _crmValidation.CreateAsync(crmInstance, start, messages, cancellationToken).ConfigureAwait(false)
        );
        using var deferred = new DeferredDiagnostics(diagnostics);
        if (await creator.RunAsync(force, diagnostics, deferred, cancellationToken).ConfigureAwait(false) is { } job)
            yield return job;
    }

    /// <summary>
    /// Returns the analytics jobs that are in progress, and creates jobs for the time from there to an end, in slices of at most
    /// 90 days.
    /// </summary>
    /// <param name="exportType">The export type.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="startAt">The start of the first export. It is ignored afterwards.</param>
    /// <param name="endAt">
    /// The end; null for the last complete UTC day. A later end is limited to that day, because data that LinkedIn does not
    /// have yet would be before the watermark and never be requested again.
    /// </param>
    /// <param name="force">Whether to create jobs although others with unknown ids may exist.</param>
    /// <param name="diagnostics">Receives errors and diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">As for validation jobs. The jobs created before are output.</exception>
    public async IAsyncEnumerable<ExportJob> ContinueSalesAnalyticsAsync(
        ExportType exportType,
        ContractUrn contract,
        DateTimeOffset? startAt,
        DateTimeOffset? endAt,
        bool force,
        IDiagnostics diagnostics,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string urn = contract.ToString();
        var emitted = new HashSet<long>();
        DateTimeOffset? continuedAt = null;

        // The current slices: one whose job was too large becomes two, and Save-ExportFile, which runs at the same time, removes
        // those that it has saved. Each one is continued once, also if it is planned again because LinkedIn's clock is behind.
        while (FindNext() is { } slice)
        {
            continuedAt = slice.StartAt;
            using var deferred = new DeferredDiagnostics(diagnostics);
            if (await TryContinueAsync(slice, deferred).ConfigureAwait(false) is { } job)
                yield return job;
        }

        ExportSeries series = Checkpoint.GetSeries(exportType, urn);
        DateTimeOffset start = GetStart(series, series.NextStartAt, startAt, "-StartAt", diagnostics);
        if (Period.Until(start, endAt, _context.Time.GetUtcNow(), diagnostics) is not { } period)
        {
            if (emitted.Count == 0)
            {
                diagnostics.Warning(
                    $"{Checkpoint.FilePath}: nothing new to export. The next export of {exportType} data of {urn} starts at "
                        + $"{start.UtcDateTime:u}, and no complete day follows yet, or -EndAt is earlier."
                );
            }

            yield break;
        }

        foreach (Period next in period.GetSlices())
        {
            if (next.StartAt != period.StartAt && Checkpoint.GetSeries(exportType, urn).NextStartAt != next.StartAt)
                yield break; // The previous slice is in the future by LinkedIn's clock, which was reported as a warning.
            using var deferred = new DeferredDiagnostics(diagnostics);
            if (
                await TryContinueAsync(new Slice { StartAt = next.StartAt, EndAt = next.EndAt }, deferred)
                    .ConfigureAwait(false) is
                { } job
            )
            {
                yield return job;
            }
        }

        Slice? FindNext() =>
            Checkpoint
                .GetSeries(exportType, urn)
                .Slices.FirstOrDefault(slice =>
                    !slice.IsSaved
                    && (continuedAt is null || slice.StartAt > continuedAt)
                    && (slice.JobId is not { } job || !emitted.Contains(job))
                );

        async Task<ExportJob?> TryContinueAsync(Slice slice, DeferredDiagnostics deferred)
        {
            var creator = new SliceJobCreator(
                _context,
                Checkpoint.GetSeries(exportType, urn),
                slice,
                known => new SalesAnalyticsExportJob(exportType)
                {
                    JobId = known.JobId!.Value,
                    Contract = urn,
                    StartAt = known.StartAt,
                    EndAt = known.EndAt,
                    CreatedAt = known.CreatedAt,
                },
                async (current, messages, cancellationToken) =>
                    await _salesAnalytics
                        .CreateAsync(
                            exportType,
                            contract,
                            new Period(current.StartAt, current.EndAt!.Value),
                            messages,
                            cancellationToken
                        )
                        .ConfigureAwait(false)
            );
            try
            {
                ExportJob? job = await creator.RunAsync(force, diagnostics, deferred, cancellationToken).ConfigureAwait(false);
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

    private DateTimeOffset GetStart(
        ExportSeries series,
        DateTimeOffset? continuation,
        DateTimeOffset? requested,
        string parameter,
        IDiagnostics diagnostics
    )
    {
        if (continuation is not { } start)
        {
            if (requested is not { } first)
            {
                throw new LinkedInException(
                    LinkedInErrorId.ExportStartRequired,
                    $"{Checkpoint.FilePath} has no {series.ExportType} export of {series.Owner} yet. Specify {parameter}, "
                        + "where the first export starts."
                )
                {
                    Target = series.Owner,
                };
            }

            Period.ValidateStart(first, _context.Time.GetUtcNow());
            return DateTimeOffset.FromUnixTimeMilliseconds(first.ToUnixTimeMilliseconds());
        }

        // A daily command contains the start of its first day; only a later start is worth a warning.
        if (requested > start)
        {
            diagnostics.Warning(
                $"{parameter} {requested.Value.UtcDateTime:u} is ignored: {Checkpoint.FilePath} continues the "
                    + $"{series.ExportType} export of {series.Owner} from {start.UtcDateTime:u}."
            );
        }
        else
        {
            diagnostics.Verbose(
                $"{Checkpoint.FilePath} continues the {series.ExportType} export of {series.Owner} from {start.UtcDateTime:u}."
            );
        }

        return start;
    }
}
