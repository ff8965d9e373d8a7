namespace LinkedInExports.Core.Checkpoints;

/// <summary>What a checkpoint holds. No link and no token is in it.</summary>
internal sealed record CheckpointState
{
    /// <summary>Host and port of the API: jobs of one server mean nothing at another.</summary>
    public string Api { get; init; } = "";

    public ExportSeries[] Series { get; init; } = [];

    /// <summary>The series of a kind and owner, empty if there was none yet.</summary>
    internal ExportSeries GetSeries(ExportType exportType, string owner) =>
        Series.FirstOrDefault(series => series.ExportType == exportType && series.Owner == owner) ?? new ExportSeries { ExportType = exportType, Owner = owner };

    /// <summary>Puts a series in the place of its former self; one that holds nothing is not kept.</summary>
    internal CheckpointState With(ExportSeries changed)
    {
        bool isKnown = Series.Any(series => IsSame(series, changed));
        IEnumerable<ExportSeries> all = isKnown ? Series.Select(series => IsSame(series, changed) ? changed : series) : Series.Append(changed);
        return this with { Series = [.. all.Where(series => !series.IsEmpty)] };
    }

    private static bool IsSame(ExportSeries one, ExportSeries other) => one.ExportType == other.ExportType && one.Owner == other.Owner;
}
