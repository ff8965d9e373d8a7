using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Monday = new(2025, 1, 6, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ToChart_Weeks_BeginOnMonday()
    {
        ColumnChart chart = Chart(TimeUnit.Week, Monday, Monday.AddDays(6.99), Monday.AddDays(-0.01), Monday.AddDays(21));
        Assert.Equal(["2024-12-30", "2025-01-06", "2025-01-27"], Days(chart));
        Assert.Equal([1, 2, 1], Assert.Single(chart.Series).Values);
        Assert.Equal((Monday.AddDays(-7), Monday.AddDays(28)), (chart.Scale.First, chart.Scale.End));
        Assert.Null(chart.Note);
    }

    [Fact]
    public void ToChart_TimesOfOtherZones_CountInUtc() =>
        Assert.Equal(["2025-01-05"], Days(Chart(TimeUnit.Day, new DateTimeOffset(2025, 1, 6, 1, 0, 0, TimeSpan.FromHours(2)))));

    [Theory]
    [InlineData(nameof(TimeUnit.Minute), 3.0, nameof(TimeUnit.Minute))]
    [InlineData(nameof(TimeUnit.Minute), 48.0, nameof(TimeUnit.Hour))]
    [InlineData(nameof(TimeUnit.Minute), 24.0 * 30, nameof(TimeUnit.Day))]
    [InlineData(nameof(TimeUnit.Day), 24.0 * 119, nameof(TimeUnit.Day))]
    [InlineData(nameof(TimeUnit.Day), 24.0 * 120, nameof(TimeUnit.Week))]
    [InlineData(nameof(TimeUnit.Day), 24.0 * 700, nameof(TimeUnit.Week))]
    [InlineData(nameof(TimeUnit.Week), 24.0 * 5000, nameof(TimeUnit.Month))]
    [InlineData(nameof(TimeUnit.Week), 24.0 * 60_000, nameof(TimeUnit.Year))]
    public void ToChart_TooManyColumns_UsesLongerUnit(string finest, double hours, string expected)
    {
        DateTimeOffset[] times = [.. Enumerable.Range(0, 101).Select(i => Monday.AddHours(hours * i / 100))];
        ColumnChart chart = Chart(Enum.Parse<TimeUnit>(finest), times);
        Assert.Equal(expected, chart.Scale.Unit.ToString());
        Assert.Contains(chart.Scale.Unit, chart.Scale.Units);
        Assert.InRange(chart.Starts.Count, 2, 101);
        Assert.Equal(101, chart.Series.Sum(series => series.Values.Sum()));
    }

    [Theory]
    [InlineData(30, new[] { nameof(TimeUnit.Day), nameof(TimeUnit.Week), nameof(TimeUnit.Month) })]
    [InlineData(365, new[] { nameof(TimeUnit.Day), nameof(TimeUnit.Week), nameof(TimeUnit.Month) })]
    [InlineData(1_000, new[] { nameof(TimeUnit.Week), nameof(TimeUnit.Month) })]
    [InlineData(30_000, new[] { nameof(TimeUnit.Year) })]
    public void ToChart_Days_OffersUnitsThatCanBeDrawn(int days, string[] expected) =>
        Assert.Equal(
            expected,
            Chart(TimeUnit.Day, [.. Enumerable.Range(0, 101).Select(i => Monday.AddDays(days * i / 100.0))])
                .Scale.Units.Select(unit => unit.ToString())
        );

    [Fact]
    public void ToChart_PreferredUnit_IsShownFirst()
    {
        var timeline = new Timeline(TimeUnit.Day, preferred: TimeUnit.Week);
        timeline.Add(Monday, "x");
        timeline.Add(Monday.AddDays(20), "x");
        Assert.Equal(TimeUnit.Week, timeline.ToChart("", "Time", "Type", name => name)!.Scale.Unit);
    }

    [Fact]
    public void ToChart_ManyDays_StoresMonths()
    {
        ColumnChart chart = Chart(TimeUnit.Day, [.. Enumerable.Range(0, 6_000).Select(day => Monday.AddDays(day))]);
        Assert.Equal(TimeUnit.Month, chart.Scale.Unit);
        Assert.InRange(chart.Starts.Count, 198, 199);
        Assert.All(chart.Starts, start => Assert.Equal(1, start.Day));
        Assert.Equal(6_000, chart.Series[0].Values.Sum());
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
        Assert.Equal(TimeUnit.Year, chart.Scale.Unit);
        Assert.Equal(400, chart.Starts.Count);
        Assert.Equal(400, chart.Series[0].Values.Sum());
        Assert.Contains("rows before", chart.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void ToChart_ManyNames_KeepsSevenLargest()
    {
        var timeline = new Timeline(TimeUnit.Day, TimeUnit.Day);
        for (int name = 0; name < 300; name++)
        {
            for (int i = 0; i <= (name < 7 ? 10 - name : 0); i++)
                timeline.Add(Monday, $"n{name}");
        }

        ColumnChart chart = timeline.ToChart("", "Time", "Type", name => name.ToUpperInvariant())!;
        Assert.Equal(["N0", "N1", "N2", "N3", "N4", "N5", "N6", "Others"], chart.Series.Select(series => series.Name));
        Assert.Equal(["n0", "n1", "n2", "n3", "n4", "n5", "n6", null], chart.Series.Select(series => series.Key));
        Assert.Equal(293, chart.Series[^1].Values.Sum());
    }

    [Fact]
    public void ToChart_WithoutData_ReturnsNull() =>
        Assert.Null(new Timeline(TimeUnit.Day, TimeUnit.Day).ToChart("", "Time", "Type", name => name));

    private static ColumnChart Chart(TimeUnit finest, params DateTimeOffset[] times)
    {
        var timeline = new Timeline(finest, preferred: finest);
        foreach (DateTimeOffset time in times)
            timeline.Add(time, "x");
        return timeline.ToChart("per {unit}", "Time", "Type", name => name)!;
    }

    private static IEnumerable<string> Days(ColumnChart chart) =>
        chart.Starts.Select(start => start.ToString("yyyy-MM-dd", null));
}
