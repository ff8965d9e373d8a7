namespace LinkedInExports.Core.Reports.Charts;

/// <summary>A figure of a report.</summary>
/// <param name="Title">What it shows.</param>
internal abstract record Chart(string Title);

/// <summary>Columns over time, stacked.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">How long a column is.</param>
/// <param name="Starts">The beginnings of the columns.</param>
/// <param name="Series">What is stacked, the largest first.</param>
/// <param name="Note">What is not in it; null for nothing.</param>
internal sealed record ColumnChart(
    string Title,
    TimeUnit Unit,
    IReadOnlyList<DateTimeOffset> Starts,
    IReadOnlyList<Series> Series,
    string? Note
) : Chart(Title);

/// <summary>One colour of a column chart.</summary>
internal sealed record Series(string Name, long[] Values);

/// <summary>A bar for each name, the longest first.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Bars">Names and numbers.</param>
/// <param name="RestCount">How many names are not shown.</param>
/// <param name="RestValue">What they have together.</param>
internal sealed record BarChart(string Title, IReadOnlyList<Bar> Bars, int RestCount, long RestValue) : Chart(Title)
{
    /// <summary>The most frequent names of a tally.</summary>
    internal static BarChart Create(string title, FrequencyCounter tally, int most = 12, Func<string, string>? label = null)
    {
        List<Bar> bars =
        [
            .. tally.GetTop(most).Select(entry => new Bar(label is null ? entry.Key : label(entry.Key), entry.Value)),
        ];
        return new BarChart(title, bars, tally.NameCount - bars.Count, tally.Total - bars.Sum(bar => bar.Value));
    }
}

/// <summary>One bar.</summary>
internal sealed record Bar(string Name, long Value);

/// <summary>The parts of a whole.</summary>
internal sealed record ShareChart(string Title, IReadOnlyList<Bar> Parts) : Chart(Title);

/// <summary>Hours of the week, as many times as there are values: seven days from Monday, 24 hours each.</summary>
internal sealed record WeekChart(string Title, long[][] Days) : Chart(Title);
