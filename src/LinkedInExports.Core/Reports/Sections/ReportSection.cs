using System.Globalization;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>A section of a report. Counts all rows of one type and keeps some of them for its table.</summary>
/// <param name="id">The id of the section in the page.</param>
/// <param name="title">The heading.</param>
/// <param name="lead">A sentence that describes the section.</param>
/// <param name="noun">The plural noun for the rows.</param>
/// <param name="table">The table of the section.</param>
internal abstract class ReportSection(string id, string title, string lead, string noun, DetailTable table)
{
    /// <summary>The maximum number of seats or owners that a section counts, so that memory is bounded.</summary>
    private protected const int MaxNames = 100_000;

    internal string Id => id;

    internal string Title => title;

    internal string Lead => lead;

    internal string Noun => noun;

    /// <summary>The number of rows, including those that are not in the table.</summary>
    internal long Rows { get; private protected set; }

    internal DetailTable Table => table;

    /// <summary>Gets the metrics, the most important first.</summary>
    internal abstract IEnumerable<Metric> GetMetrics();

    internal abstract IEnumerable<Chart> GetCharts();

    /// <summary>Gets notices about what the metrics and charts do not include.</summary>
    internal virtual IEnumerable<string> GetNotices() => [];

    private protected static string CreateLimitNotice(string names) =>
        string.Format(
            CultureInfo.InvariantCulture,
            "There are more than {0:N0} {1}. Their number is not shown, and charts of them cover only the first {0:N0}.",
            MaxNames,
            names
        );

    private protected static IEnumerable<Chart> WithoutEmpty(params Chart?[] charts) => charts.Where(chart => chart is not null)!;
}
