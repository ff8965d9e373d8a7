using LinkedInExports.Core.Checkpoints;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>Where a watermark moves when the files of a job are saved.</summary>
public sealed class WatermarkTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A validation export from day 0 whose job was created on day 10. Days are counted from the start.</summary>
    [Theory]
    [InlineData(10.0, 9.0, 9.0)]
    [InlineData(10.0, 11.0, 10.0)]
    [InlineData(10.0, null, 10.0)]
    [InlineData(null, 9.0, 9.0)]
    [InlineData(null, null, 0.0)]
    [InlineData(11.0, null, 11.0)]
    [InlineData(11.1, null, 10.0)]
    [InlineData(12.0, 9.0, 9.0)]
    [InlineData(-1.0, null, 0.0)]
    [InlineData(10.0, -1.0, 0.0)]
    public void MarkSaved_ValidationJob_MovesToTheEndThatLinkedInConfirms(double? end, double? next, double expected)
    {
        ExportSeries series = Validations(watermark: null);
        CrmValidationExportJob job = ValidationJob(end, next);
        ExportSeries after = series.MarkSaved(job);
        Assert.Equal((Day(expected), 1L), (after.Watermark, after.LastSavedJobId));
        Assert.Empty(after.Slices);
        Assert.Equal(end > 11, series.HasImplausibleEnd(job));
    }

    [Fact]
    public void MarkSaved_ExportThatOverlapsThePreviousOne_DoesNotMoveBack()
    {
        ExportSeries series = Validations(Day(5));
        Assert.Equal(Day(5), series.MarkSaved(ValidationJob(4, null)).Watermark);
        Assert.Equal(Day(5), series.MarkSaved(ValidationJob(null, null)).Watermark);
        Assert.Equal(Day(6), series.MarkSaved(ValidationJob(6, null)).Watermark);
    }

    [Fact]
    public void MarkSaved_JobWithoutCreationTime_MovesToItsEnd()
    {
        ExportSeries series = Validations(watermark: null);
        series = series with { Slices = [series.Slices[0] with { CreatedAt = null }] };
        Assert.Equal(Day(1000), series.MarkSaved(ValidationJob(1000, null)).Watermark);
        Assert.False(series.HasImplausibleEnd(ValidationJob(1000, null)));
    }

    [Fact]
    public void MarkSaved_LaterSlice_WaitsForTheEarlierOne()
    {
        ExportSeries series = Activities();
        ExportSeries second = series.MarkSaved(AnalyticsJob(2, 10, 20));
        Assert.Equal((null, Day(20)), (second.Watermark, second.NextStartAt));
        Assert.Equal([false, true], second.Slices.Select(slice => slice.IsSaved));
        Assert.Equal(Day(20), second.MarkSaved(AnalyticsJob(1, 0, 10)).Watermark);
    }

    [Fact]
    public void MarkSaved_JobThatIsNotOfTheSeries_ReturnsTheSameSeries()
    {
        ExportSeries series = Activities();
        Assert.Same(series, series.MarkSaved(AnalyticsJob(9, 0, 10, ExportType.Seat)));
        Assert.Same(series, series.MarkSaved(AnalyticsJob(9, 5, 15)));
        Assert.Same(series, series.MarkSaved(AnalyticsJob(9, -5, 5)));
        Assert.Same(series, series.MarkSaved(AnalyticsJob(9, 20, 30)));
        Assert.Same(series, series.MarkSaved(AnalyticsJob(9, 5, 4)));
        Assert.Same(series, series.MarkSaved(new SalesAnalyticsExportJob(ExportType.Activity) { JobId = 9 }));
        Assert.Same(series, series.MarkSaved(new CrmValidationExportJob { JobId = 9 }));
    }

    [Fact]
    public void MarkSaved_PartOfASlice_LeavesTheRestToItsJob()
    {
        ExportSeries after = Activities().MarkSaved(AnalyticsJob(9, 3, 5));
        Assert.Null(after.Watermark);
        Assert.Equal(
            [(Day(0), 1L, false), (Day(3), null, true), (Day(5), 1L, false), (Day(10), 2L, false)],
            after.Slices.Select(slice => (slice.StartAt, slice.JobId, slice.IsSaved))
        );
        Assert.Equal(Day(10), after.MarkSaved(AnalyticsJob(1, 0, 10)).Watermark);
    }

    [Fact]
    public void MarkSaved_SavedSlice_IsNotSplit()
    {
        ExportSeries series = Activities().MarkSaved(AnalyticsJob(2, 10, 20));
        Assert.Same(series, series.MarkSaved(AnalyticsJob(9, 12, 14)));
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(5, 15)]
    [InlineData(30, 2)]
    public void GetStartWithOverlap_Overlap_ReachesBackToTheFirstStart(int days, int expected)
    {
        var series = new ExportSeries { Watermark = Day(20), FirstStartAt = Day(2) };
        Assert.Equal(Day(expected), series.GetStartWithOverlap(TimeSpan.FromDays(days)));
    }

    [Fact]
    public void Add_FirstSlice_SetsTheFirstStart()
    {
        ExportSeries series = new ExportSeries().Add(new Slice { StartAt = Day(1) });
        Assert.Equal(Day(1), series.FirstStartAt);
        Assert.Equal(Day(1), series.Add(new Slice { StartAt = Day(2) }).FirstStartAt);
        Assert.Null(new ExportSeries().GetStartWithOverlap(TimeSpan.FromDays(1)));
    }

    private static DateTimeOffset Day(double number) => Start.AddDays(number);

    private static ExportSeries Validations(DateTimeOffset? watermark) =>
        new()
        {
            Watermark = watermark,
            Slices =
            [
                new Slice
                {
                    StartAt = Day(0),
                    JobId = 1,
                    CreatedAt = Day(10),
                },
            ],
        };

    /// <summary>Activities with two slices of ten days.</summary>
    private static ExportSeries Activities() =>
        new ExportSeries { ExportType = ExportType.Activity }
            .Add(
                new Slice
                {
                    StartAt = Day(0),
                    EndAt = Day(10).AddMilliseconds(-1),
                    JobId = 1,
                }
            )
            .Add(
                new Slice
                {
                    StartAt = Day(10),
                    EndAt = Day(20).AddMilliseconds(-1),
                    JobId = 2,
                }
            );

    private static CrmValidationExportJob ValidationJob(double? end, double? next) =>
        new()
        {
            JobId = 1,
            ExportStartAt = Day(0),
            ExportEndAt = end is { } endDay ? Day(endDay) : null,
            NextExportStartAt = next is { } nextDay ? Day(nextDay) : null,
        };

    private static SalesAnalyticsExportJob AnalyticsJob(
        long id,
        int start,
        int end,
        ExportType exportType = ExportType.Activity
    ) =>
        new(exportType)
        {
            JobId = id,
            StartAt = Day(start),
            EndAt = Day(end).AddMilliseconds(-1),
        };
}
