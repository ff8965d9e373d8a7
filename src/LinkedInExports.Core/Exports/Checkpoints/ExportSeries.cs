using System.Text.Json.Serialization;
using LinkedInExports.Core.Exports.Sales;

namespace LinkedInExports.Core.Exports.Checkpoints;

/// <summary>
/// The exports of one kind for one CRM instance or contract, one after the other. Everything before the watermark is on
/// the disk; the slices follow it without a gap.
/// </summary>
internal sealed record ExportSeries
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    [JsonConverter(typeof(JsonStringEnumConverter<ExportKind>))]
    public ExportKind Kind { get; init; }

    /// <summary>The CRM instance or contract.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Where what is not saved yet begins; null while nothing is.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>In their order.</summary>
    public Slice[] Slices { get; init; } = [];

    /// <summary>Where the next slice begins; null before the first, and while an export is open that ends when its job is made.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextStartAt => Slices.Length == 0 ? Watermark : Slices[Slices.Length - 1].EndAt + Millisecond;

    [JsonIgnore]
    public bool IsEmpty => Watermark is null && Slices.Length == 0;

    /// <summary>Adds a slice behind all others.</summary>
    internal ExportSeries Add(Slice slice) => this with { Slices = [.. Slices, slice] };

    /// <summary>Puts a slice in the place of another; null takes it out.</summary>
    internal ExportSeries Put(Slice old, Slice? slice) =>
        this with { Slices = [.. Slices.Select(other => other == old ? slice : other).OfType<Slice>()] };

    /// <summary>
    /// What is left to wait for when all files of a job are on the disk; the same series for a job that it does not wait
    /// for.
    /// </summary>
    internal ExportSeries WithSaved(ExportJob job)
    {
        Slice[] slices = [.. Slices.SelectMany(slice => slice.IsSaved ? [slice] : AfterSaving(job, slice))];
        return slices.SequenceEqual(Slices) ? this : (this with { Slices = slices }).Settled();
    }

    private IEnumerable<Slice> AfterSaving(ExportJob job, Slice slice)
    {
        if (slice.JobId == job.JobId)
            return [slice with { EndAt = slice.EndAt ?? (NextStart(job, slice) - Millisecond), IsSaved = true }];

        // Wait-ExportJob -SplitOversized puts two jobs for its halves in the place of one: each takes its part out.
        return job is SalesAnalyticsExportJob { StartAt: { } start, EndAt: { } end } && job.Kind == Kind
            && slice.EndAt is { } sliceEnd && start >= slice.StartAt && end <= sliceEnd && start <= end
            ? Cut(slice, new Period(start, end), sliceEnd)
            : [slice];
    }

    private static IEnumerable<Slice> Cut(Slice slice, Period saved, DateTimeOffset end)
    {
        if (saved.StartAt > slice.StartAt)
            yield return slice with { EndAt = saved.StartAt - Millisecond };
        yield return new Slice { StartAt = saved.StartAt, EndAt = saved.EndAt, IsSaved = true };
        if (saved.EndAt < end)
            yield return slice with { StartAt = saved.EndAt + Millisecond };
    }

    /// <summary>Moves the watermark over what is saved.</summary>
    private ExportSeries Settled()
    {
        int saved = Slices.TakeWhile(slice => slice.IsSaved).Count();
        return saved == 0 ? this : this with { Watermark = Slices[saved - 1].EndAt + Millisecond, Slices = [.. Slices.Skip(saved)] };
    }

    /// <summary>
    /// Where the next validation export starts: where LinkedIn suggests, but neither where this one started (the tutorial's
    /// sample does that) nor behind its end, which would leave a gap. Two exports may share the records of one instant.
    /// </summary>
    private static DateTimeOffset NextStart(ExportJob job, Slice slice)
    {
        if (job is not CrmValidationExportJob crm)
            return slice.StartAt;

        DateTimeOffset start = crm.ExportStartAt > slice.StartAt ? crm.ExportStartAt : slice.StartAt;
        return crm.NextExportStartAt is { } next && next > start && (crm.ExportEndAt is null || next <= crm.ExportEndAt + Millisecond) ? next
            : crm.ExportEndAt is { } end && end > start ? end
            : slice.StartAt;
    }
}
