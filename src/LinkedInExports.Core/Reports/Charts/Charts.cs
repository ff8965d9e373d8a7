namespace LinkedInExports.Core.Reports.Charts;

/// <summary>A chart of a report.</summary>
/// <param name="Title">The heading of the chart.</param>
internal abstract record Chart(string Title);

/// <summary>
/// A chart of stacked columns over time. The page draws the columns in one of several units, and counts the rows of the table
/// when they are filtered.
/// </summary>
/// <param name="Title">The heading of the chart, with the placeholder <c>{unit}</c>.</param>
/// <param name="Scale">The units and the period.</param>
/// <param name="Starts">The start times of the values, without times that have no value.</param>
/// <param name="Series">The stacked values, the largest series first.</param>
/// <param name="Note">A note about the values that are not shown, or null.</param>
internal sealed record ColumnChart(
    string Title,
    TimeScale Scale,
    IReadOnlyList<DateTimeOffset> Starts,
    IReadOnlyList<Series> Series,
    string? Note
) : Chart(Title)
{
    /// <summary>The table's column with the time of a row.</summary>
    internal string TimeColumn { get; init; } = "";

    /// <summary>The table's column with the key of a row's series.</summary>
    internal string SeriesColumn { get; init; } = "";
}

/// <summary>The time axis of a chart.</summary>
/// <param name="Unit">The length of a column at first.</param>
/// <param name="Units">The lengths that can be selected.</param>
/// <param name="First">The start of the period.</param>
/// <param name="End">The end of the period, exclusive.</param>
internal sealed record TimeScale(TimeUnit Unit, IReadOnlyList<TimeUnit> Units, DateTimeOffset First, DateTimeOffset End);

/// <summary>The values of one color in a column chart.</summary>
/// <param name="Key">The value in the table, or null for all other values.</param>
/// <param name="Name">The display name.</param>
/// <param name="Values">A value for each start.</param>
internal sealed record Series(string? Key, string Name, long[] Values);

/// <summary>How a <see cref="CategoryChart"/> is drawn.</summary>
internal enum CategoryShape
{
    /// <summary>A bar for each name, the longest first.</summary>
    Bars,

    /// <summary>Shares of a total.</summary>
    Shares,
}

/// <summary>A chart with a value for each name.</summary>
/// <param name="Title">The heading of the chart.</param>
/// <param name="Shape">How the chart is drawn.</param>
/// <param name="Bars">The largest values.</param>
/// <param name="RestCount">The number of names that are not shown.</param>
/// <param name="RestValue">The total of the names that are not shown.</param>
internal sealed record CategoryChart(string Title, CategoryShape Shape, IReadOnlyList<Bar> Bars, int RestCount, long RestValue)
    : Chart(Title)
{
    /// <summary>The maximum number of bars.</summary>
    internal const int MaxBars = 12;

    private const int MaxLabels = 2_000;

    /// <summary>The table's column with the key of a row's bar, or null if the page cannot count them.</summary>
    internal string? Column { get; init; }

    /// <summary>The table's column whose values are counted, each in its newest row, or null to count rows.</summary>
    internal string? DistinctColumn { get; init; }

    /// <summary>The table's column with the part of a bar to which a row belongs, or null if bars are not divided.</summary>
    internal string? PartColumn { get; init; }

    /// <summary>The values of <see cref="PartColumn"/>.</summary>
    internal IReadOnlyList<string> PartNames { get; init; } = [];

    /// <summary>The names that differ from their keys. Rows without a key are counted if the empty key has a name.</summary>
    internal IReadOnlyDictionary<string, string> Labels { get; private init; } = new Dictionary<string, string>();

    /// <summary>Creates a chart of the most frequent keys.</summary>
    internal static CategoryChart Create(
        string title,
        FrequencyCounter counter,
        string? column,
        Func<string, string> label,
        CategoryShape shape = CategoryShape.Bars
    )
    {
        List<Bar> bars = [.. counter.GetTop(MaxBars).Select(entry => new Bar(entry.Key, label(entry.Key), entry.Value))];
        return new CategoryChart(title, shape, bars, counter.NameCount - bars.Count, counter.Total - bars.Sum(bar => bar.Value))
        {
            Column = column,
            Labels = counter
                .GetTop(MaxLabels)
                .Select(entry => (entry.Key, Name: label(entry.Key)))
                .Where(entry => entry.Key != entry.Name)
                .ToDictionary(entry => entry.Key, entry => entry.Name, StringComparer.Ordinal),
        };
    }
}

/// <summary>A bar or share of a <see cref="CategoryChart"/>.</summary>
/// <param name="Key">The value in the table.</param>
/// <param name="Name">The display name.</param>
/// <param name="Value">The number of rows.</param>
internal sealed record Bar(string Key, string Name, long Value)
{
    /// <summary>The values of <see cref="CategoryChart.PartNames"/>.</summary>
    internal IReadOnlyList<long> Parts { get; init; } = [];
}

/// <summary>A chart of the hours of the week: seven days from Monday, with 24 hours each.</summary>
/// <param name="Title">The heading of the chart.</param>
/// <param name="TimeColumn">The table's column with the time of a row.</param>
/// <param name="Days">The number of rows for each day and hour.</param>
internal sealed record WeekChart(string Title, string TimeColumn, long[][] Days) : Chart(Title);
