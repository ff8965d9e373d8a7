using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Monday = new(2025, 1, 6, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ToChart_Weeks_BeginOnMondayWithoutGaps()
    {
        ColumnChart chart = Chart(TimeUnit.Week, Monday, Monday.AddDays(6.99), Monday.AddDays(-0.01), Monday.AddDays(21));
        Assert.Equal(["2024-12-30", "2025-01-06", "2025-01-13", "2025-01-20", "2025-01-27"], Days(chart));
        Assert.Equal([1, 2, 0, 0, 1], Assert.Single(chart.Series).Values);
        Assert.Null(chart.Note);
    }

    [Fact]
    public void ToChart_TimesOfOtherZones_CountInUtc() =>
        Assert.Equal(["2025-01-05"], Days(Chart(TimeUnit.Day, new DateTimeOffset(2025, 1, 6, 1, 0, 0, TimeSpan.FromHours(2)))));

    [Theory]
    [InlineData(nameof(TimeUnit.Minute), 3.0, nameof(TimeUnit.Minute))]
    [InlineData(nameof(TimeUnit.Minute), 48.0, nameof(TimeUnit.Hour))]
    [InlineData(nameof(TimeUnit.Minute), 24.0 * 30, nameof(TimeUnit.Day))]
    [InlineData(nameof(TimeUnit.Day), 24.0 * 399, nameof(TimeUnit.Day))]
    [InlineData(nameof(TimeUnit.Day), 24.0 * 700, nameof(TimeUnit.Week))]
    [InlineData(nameof(TimeUnit.Week), 24.0 * 5000, nameof(TimeUnit.Month))]
    [InlineData(nameof(TimeUnit.Week), 24.0 * 60_000, nameof(TimeUnit.Year))]
    public void ToChart_TooManyColumns_UsesLongerUnit(string finest, double hours, string expected)
    {
        DateTimeOffset[] times = [.. Enumerable.Range(0, 101).Select(i => Monday.AddHours(hours * i / 100))];
        ColumnChart chart = Chart(Enum.Parse<TimeUnit>(finest), times);
        Assert.Equal(expected, chart.Unit.ToString());
        Assert.Equal($"per {expected}", chart.Title);
        Assert.InRange(chart.Starts.Count, 2, 400);
        Assert.Equal(101, chart.Series.Sum(series => series.Values.Sum()));
    }

    [Fact]
    public void ToChart_FewOutliers_AreExcluded()
    {
        DateTimeOffset[] times =
        [
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            .. Enumerable.Range(0, 1000).Select(i => Monday.AddDays(i % 60)),
        ];
        ColumnChart chart = Chart(TimeUnit.Day, times);
        Assert.Equal(60, chart.Starts.Count);
        Assert.Equal(1000, chart.Series[0].Values.Sum());
        Assert.Equal("Not shown: 2 rows before 2025-01-06 and 1 row after 2025-03-06.", chart.Note);
    }

    [Fact]
    public void ToChart_TimesOfAllYears_KeepsNewestAndCountsRest()
    {
        ColumnChart chart = Chart(
            TimeUnit.Day,
            [.. Enumerable.Range(1, 9999).Select(year => new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero))]
        );
        Assert.Equal(TimeUnit.Year, chart.Unit);
        Assert.Equal(400, chart.Starts.Count);
        Assert.Equal(400, chart.Series[0].Values.Sum());
        Assert.Contains("rows before", chart.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void ToChart_ManyNames_KeepsSevenLargest()
    {
        var timeline = new Timeline(TimeUnit.Day);
        for (int name = 0; name < 300; name++)
        {
            for (int i = 0; i <= (name < 7 ? 10 - name : 0); i++)
                timeline.Add(Monday, $"n{name}");
        }

        ColumnChart chart = timeline.ToChart(unit => unit.ToString())!;
        Assert.Equal(["n0", "n1", "n2", "n3", "n4", "n5", "n6", "Others"], chart.Series.Select(series => series.Name));
        Assert.Equal(293, chart.Series[^1].Values.Sum());
    }

    [Fact]
    public void ToChart_WithoutData_ReturnsNull() => Assert.Null(new Timeline(TimeUnit.Day).ToChart(unit => ""));

    private static ColumnChart Chart(TimeUnit finest, params DateTimeOffset[] times)
    {
        var timeline = new Timeline(finest);
        foreach (DateTimeOffset time in times)
            timeline.Add(time, "x");
        return timeline.ToChart(unit => $"per {unit}")!;
    }

    private static IEnumerable<string> Days(ColumnChart chart) =>
        chart.Starts.Select(start => start.ToString("yyyy-MM-dd", null));
}
