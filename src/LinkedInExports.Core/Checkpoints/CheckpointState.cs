namespace LinkedInExports.Core.Checkpoints;

/// <summary>The content of a checkpoint. It contains no links and no tokens.</summary>
internal sealed record CheckpointState
{
    /// <summary>Host and port of the API, because job ids are valid for one server only.</summary>
    public string Api { get; init; } = "";

    public ExportSeries[] Series { get; init; } = [];

    /// <summary>Gets the series of an export type and owner, or an empty one.</summary>
    internal ExportSeries GetSeries(ExportType exportType, string owner) =>
        Series.FirstOrDefault(series => series.ExportType == exportType && series.Owner == owner)
        ?? new ExportSeries { ExportType = exportType, Owner = owner };

    /// <summary>Replaces a series, and removes it if it is empty.</summary>
    internal CheckpointState With(ExportSeries changed)
    {
        bool isKnown = Series.Any(series => IsSame(series, changed));
        IEnumerable<ExportSeries> all = isKnown
            ? Series.Select(series => IsSame(series, changed) ? changed : series)
            : Series.Append(changed);
        return this with { Series = [.. all.Where(series => !series.IsEmpty)] };
    }

    private static bool IsSame(ExportSeries left, ExportSeries right) =>
        left.ExportType == right.ExportType && left.Owner == right.Owner;
}
