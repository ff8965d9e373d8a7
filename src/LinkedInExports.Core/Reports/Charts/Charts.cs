namespace LinkedInExports.Core.Reports.Charts;

/// <summary>A chart of a report.</summary>
/// <param name="Title">The heading of the chart.</param>
internal abstract record Chart(string Title);

/// <summary>A chart of stacked columns over time.</summary>
/// <param name="Title">The heading of the chart.</param>
/// <param name="Unit">The length of a column.</param>
/// <param name="Starts">The start times of the columns.</param>
/// <param name="Series">The stacked values, the largest series first.</param>
/// <param name="Note">A note about the values that are not shown, or null.</param>
internal sealed record ColumnChart(
    string Title,
    TimeUnit Unit,
    IReadOnlyList<DateTimeOffset> Starts,
    IReadOnlyList<Series> Series,
    string? Note
) : Chart(Title);

/// <summary>The values of one color in a column chart.</summary>
internal sealed record Series(string Name, long[] Values);

/// <summary>A chart with a bar for each name, the longest first.</summary>
/// <param name="Title">The heading of the chart.</param>
/// <param name="Bars">The bars that are shown.</param>
/// <param name="RestCount">The number of names that are not shown.</param>
/// <param name="RestValue">The total of the names that are not shown.</param>
internal sealed record BarChart(string Title, IReadOnlyList<Bar> Bars, int RestCount, long RestValue) : Chart(Title)
{
    /// <summary>Creates a chart of the most frequent names.</summary>
    internal static BarChart Create(string title, FrequencyCounter counter, int most = 12, Func<string, string>? label = null)
    {
        List<Bar> bars =
        [
            .. counter.GetTop(most).Select(entry => new Bar(label is null ? entry.Key : label(entry.Key), entry.Value)),
        ];
        return new BarChart(title, bars, counter.NameCount - bars.Count, counter.Total - bars.Sum(bar => bar.Value));
    }
}

internal sealed record Bar(string Name, long Value);

/// <summary>A chart that shows the shares of a total.</summary>
internal sealed record ShareChart(string Title, IReadOnlyList<Bar> Parts) : Chart(Title);

/// <summary>A chart of the hours of the week: seven days from Monday, with 24 hours each.</summary>
internal sealed record WeekChart(string Title, long[][] Days) : Chart(Title);
