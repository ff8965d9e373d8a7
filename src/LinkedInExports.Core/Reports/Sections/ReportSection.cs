using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>One part of a report: it counts all rows of a kind and keeps some for its table.</summary>
/// <param name="id">Its name in addresses.</param>
/// <param name="title">Its heading.</param>
/// <param name="lead">A sentence on what it shows.</param>
/// <param name="noun">What a row is, in the plural.</param>
/// <param name="maxRows">How many rows to keep at most.</param>
internal abstract class ReportSection(string id, string title, string lead, string noun, int maxRows)
{
    internal string Id => id;

    internal string Title => title;

    internal string Lead => lead;

    internal string Noun => noun;

    /// <summary>All rows.</summary>
    internal long Rows { get; private protected set; }

    internal DetailTable Table { get; } = new(maxRows);

    /// <summary>The numbers above the charts, the most important first.</summary>
    internal abstract IEnumerable<Metric> GetMetrics();

    internal abstract IEnumerable<Chart> GetCharts();

    private protected static IEnumerable<Chart> WithoutEmpty(params Chart?[] charts) => charts.Where(chart => chart is not null)!;

    /// <summary>"per day" and so on.</summary>
    private protected static string FormatPer(TimeUnit unit) => "per " + unit.ToString().ToLowerInvariant();
}
