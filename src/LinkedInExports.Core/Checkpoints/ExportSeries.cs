using System.Text.Json.Serialization;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>
/// The exports of one kind for one CRM instance or contract, one after the other. Everything before the watermark is on
/// the disk; the slices follow it without a gap.
/// </summary>
internal sealed record ExportSeries
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// A validation export ends when its job is created, or while LinkedIn works on it. An end that is later than this after the
    /// creation is not trusted.
    /// </summary>
    private static readonly TimeSpan MaxEndDelay = TimeSpan.FromDays(1);

    [JsonConverter(typeof(JsonStringEnumConverter<ExportType>))]
    [JsonPropertyName("kind")]
    public ExportType ExportType { get; init; }

    /// <summary>The CRM instance or contract.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Where what is not saved yet begins; null while nothing is.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>The start of the first export: an overlap never reaches back before it. Null in checkpoints of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FirstStartAt { get; init; }

    /// <summary>The job whose files moved the watermark last; null while none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LastSavedJobId { get; init; }

    /// <summary>In their order.</summary>
    public Slice[] Slices { get; init; } = [];

    /// <summary>Where the next slice begins; null before the first, and while an export is open that ends when its job is made.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextStartAt => Slices.Length == 0 ? Watermark : Slices[Slices.Length - 1].EndAt?.AddSaturating(Millisecond);

    [JsonIgnore]
    public bool IsEmpty => Watermark is null && Slices.Length == 0;

    /// <summary>Adds a slice behind all others.</summary>
    internal ExportSeries Add(Slice slice) => this with { Slices = [.. Slices, slice], FirstStartAt = IsEmpty ? slice.StartAt : FirstStartAt };

    /// <summary>
    /// The start of the next export that repeats the end of the one before it; null before the first. Records may be flagged late,
    /// with a time that the export before has already passed.
    /// </summary>
    internal DateTimeOffset? GetStartWithOverlap(TimeSpan overlap)
    {
        DateTimeOffset? start = Watermark?.SubtractSaturating(overlap);
        return start < FirstStartAt ? FirstStartAt : start;
    }

    /// <summary>Puts a slice in the place of another; null takes it out.</summary>
    internal ExportSeries Replace(Slice old, Slice? slice) =>
        this with { Slices = [.. Slices.Select(other => other == old ? slice : other).OfType<Slice>()] };

    /// <summary>
    /// What is left to wait for when all files of a job are on the disk; the same series for a job that it does not wait
    /// for.
    /// </summary>
    internal ExportSeries MarkSaved(ExportJob job)
    {
        Slice[] slices = [.. Slices.SelectMany(slice => slice.IsSaved ? [slice] : UpdateSavedSlices(job, slice))];
        return slices.SequenceEqual(Slices) ? this : (this with { Slices = slices, LastSavedJobId = job.JobId }).AdvanceWatermark();
    }

    /// <summary>Whether LinkedIn's end of a job lies so long after its creation that the watermark does not follow it.</summary>
    internal bool HasImplausibleEnd(ExportJob job) =>
        job is CrmValidationExportJob { ExportEndAt: { } end }
        && Slices.FirstOrDefault(slice => slice.JobId == job.JobId)?.CreatedAt is { } created
        && end > created.AddSaturating(MaxEndDelay);

    private IEnumerable<Slice> UpdateSavedSlices(ExportJob job, Slice slice)
    {
        if (slice.JobId == job.JobId)
            return [slice with { EndAt = slice.EndAt ?? GetNextStart(job, slice).SubtractSaturating(Millisecond), IsSaved = true }];

        // Wait-ExportJob -SplitOversized puts two jobs for its halves in the place of one: each takes its part out.
        return job is SalesAnalyticsExportJob { StartAt: { } start, EndAt: { } end } && job.ExportType == ExportType
            && slice.EndAt is { } sliceEnd && start >= slice.StartAt && end <= sliceEnd && start <= end
            ? Split(slice, new Period(start, end), sliceEnd)
            : [slice];
    }

    private static IEnumerable<Slice> Split(Slice slice, Period saved, DateTimeOffset end)
    {
        if (saved.StartAt > slice.StartAt)
            yield return slice with { EndAt = saved.StartAt.SubtractSaturating(Millisecond) };
        yield return new Slice { StartAt = saved.StartAt, EndAt = saved.EndAt, IsSaved = true };
        if (saved.EndAt < end)
            yield return slice with { StartAt = saved.EndAt.AddSaturating(Millisecond) };
    }

    /// <summary>Moves the watermark over what is saved.</summary>
    private ExportSeries AdvanceWatermark()
    {
        int saved = Slices.TakeWhile(slice => slice.IsSaved).Count();
        return saved == 0
            ? this
            : this with { Watermark = Slices[saved - 1].EndAt?.AddSaturating(Millisecond), Slices = [.. Slices.Skip(saved)] };
    }

    /// <summary>
    /// The time up to which a validation export has all records: what LinkedIn suggests as the next start, but not later than the
    /// end of the export and not before the watermark. Without an end there is no evidence of progress.
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
