using System.Text.Json.Serialization;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>
/// The exports of one type for one CRM instance or contract. All data before the watermark is on the disk; the slices follow it
/// without a gap.
/// </summary>
internal sealed record ExportSeries
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// A validation export ends when its job is created, or while LinkedIn processes it. An end that is much later than the
    /// creation is implausible.
    /// </summary>
    private static readonly TimeSpan MaxEndDelay = TimeSpan.FromDays(1);

    [JsonConverter(typeof(JsonStringEnumConverter<ExportType>))]
    [JsonPropertyName("kind")]
    public ExportType ExportType { get; init; }

    /// <summary>The CRM instance or contract.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The time up to which data is saved; null before the first export.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>The start of the first export, which limits the overlap. Null in checkpoints of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FirstStartAt { get; init; }

    /// <summary>The last job that moved the watermark; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LastSavedJobId { get; init; }

    /// <summary>The slices in order.</summary>
    public Slice[] Slices { get; init; } = [];

    /// <summary>The start of the next slice; null before the first one, and while the end of an export is unknown.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextStartAt =>
        Slices.Length == 0 ? Watermark : Slices[Slices.Length - 1].EndAt?.AddSaturating(Millisecond);

    [JsonIgnore]
    public bool IsEmpty => Watermark is null && Slices.Length == 0;

    /// <summary>Adds the last slice.</summary>
    internal ExportSeries Add(Slice slice) =>
        this with
        {
            Slices = [.. Slices, slice],
            FirstStartAt = IsEmpty ? slice.StartAt : FirstStartAt,
        };

    /// <summary>
    /// Gets the start of the next export, which overlaps the previous one; null before the first export. LinkedIn may flag
    /// records late, with a time that the previous export has covered.
    /// </summary>
    internal DateTimeOffset? GetStartWithOverlap(TimeSpan overlap)
    {
        DateTimeOffset? start = Watermark?.SubtractSaturating(overlap);
        return start < FirstStartAt ? FirstStartAt : start;
    }

    /// <summary>Replaces a slice by others, or removes it without others.</summary>
    internal ExportSeries Replace(Slice old, params Slice[] slices) =>
        this with
        {
            Slices = [.. Slices.SelectMany(slice => slice == old ? slices : [slice])],
        };

    /// <summary>
    /// Gets the series after all files of a job are saved; the same series for a job that is not part of it.
    /// </summary>
    internal ExportSeries MarkSaved(ExportJob job)
    {
        Slice[] slices = [.. Slices.SelectMany(slice => slice.IsSaved ? [slice] : UpdateSavedSlices(job, slice))];
        return slices.SequenceEqual(Slices)
            ? this
            : (this with { Slices = slices, LastSavedJobId = job.JobId }).AdvanceWatermark();
    }

    /// <summary>Whether the end of a job is so long after its creation that the watermark does not move there.</summary>
    internal bool HasImplausibleEnd(ExportJob job) =>
        job is CrmValidationExportJob { ExportEndAt: { } end }
        && Slices.FirstOrDefault(slice => slice.JobId == job.JobId)?.CreatedAt is { } created
        && end > created.AddSaturating(MaxEndDelay);

    private IEnumerable<Slice> UpdateSavedSlices(ExportJob job, Slice slice)
    {
        if (slice.JobId == job.JobId)
        {
            return
            [
                slice with
                {
                    EndAt = slice.EndAt ?? GetNextStart(job, slice).SubtractSaturating(Millisecond),
                    IsSaved = true,
                },
            ];
        }

        // Wait-ExportJob -SplitOversized replaces a job by two for the halves of its period.
        return
            job is SalesAnalyticsExportJob { StartAt: { } start, EndAt: { } end }
            && job.ExportType == ExportType
            && slice.EndAt is { } sliceEnd
            && start >= slice.StartAt
            && end <= sliceEnd
            && start <= end
            ? Split(slice, new Period(start, end), sliceEnd)
            : [slice];
    }

    private static IEnumerable<Slice> Split(Slice slice, Period saved, DateTimeOffset end)
    {
        Slice rest = slice with { IsRest = true };
        if (saved.StartAt > slice.StartAt)
        {
            yield return rest with
            {
                EndAt = saved.StartAt.SubtractSaturating(Millisecond),
            };
        }

        yield return new Slice
        {
            StartAt = saved.StartAt,
            EndAt = saved.EndAt,
            IsSaved = true,
        };
        if (saved.EndAt < end)
        {
            yield return rest with
            {
                StartAt = saved.EndAt.AddSaturating(Millisecond),
            };
        }
    }

    /// <summary>Moves the watermark to the end of the saved slices.</summary>
    private ExportSeries AdvanceWatermark()
    {
        int saved = Slices.TakeWhile(slice => slice.IsSaved).Count();
        return saved == 0
            ? this
            : this with
            {
                Watermark = Slices[saved - 1].EndAt?.AddSaturating(Millisecond),
                Slices = [.. Slices.Skip(saved)],
            };
    }

    /// <summary>
    /// Gets the time up to which a validation export has all records: LinkedIn's suggestion for the next start, but not after
    /// the end of the export and not before the watermark. Without an end, the watermark does not move.
    /// </summary>
    private DateTimeOffset GetNextStart(ExportJob job, Slice slice)
    {
        DateTimeOffset floor = Watermark is { } watermark && watermark > slice.StartAt ? watermark : slice.StartAt;
        if (job is not CrmValidationExportJob crm || (crm.ExportEndAt ?? crm.NextExportStartAt) is not { } end)
            return floor;

        if (slice.CreatedAt is { } created && end > created.AddSaturating(MaxEndDelay))
            end = created;
        DateTimeOffset next = crm.NextExportStartAt < end ? crm.NextExportStartAt.Value : end;
        return next > floor ? next : floor;
    }
}
