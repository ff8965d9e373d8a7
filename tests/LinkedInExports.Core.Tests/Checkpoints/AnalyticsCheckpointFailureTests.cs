using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>Slices that are not created, not saved or divided.</summary>
public sealed class AnalyticsCheckpointFailureTests
{
    [Fact]
    public async Task Save_SliceNotSaved_HoldsWatermarkAndKeepsLaterSlices()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        DateTimeOffset start = AnalyticsExport.Start.AddYears(-1);
        fixture.Emulator.Faults.Add(Fault.HtmlInsteadOfCsv() with { PathPrefix = "/ambry/" });
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Single(run.Recorder.Errors);
        Assert.Equal(2, run.Files.Length);
        ExportSeries series = run.GetSeries(ExportType.Activity, AnalyticsExport.Contract);
        Assert.Null(series.Watermark);
        Assert.Equal([false, true, true], series.Slices.Select(slice => slice.IsSaved));

        int downloads = fixture.Downloads;
        await run.AnalyticsAsync(ExportType.Activity, "7001", null, start.AddDays(200));
        Assert.Empty(run.Recorder.Errors);
        Assert.Single(run.Files);
        Assert.Equal(downloads + 1, fixture.Downloads);
        Assert.Equal(
            (start.AddDays(200), 0),
            (
                run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark,
                run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Slices.Length
            )
        );
    }

    [Fact]
    public async Task SalesAnalytics_UnknownOutcome_KeepsSlice()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        DateTimeOffset start = AnalyticsExport.Start.AddYears(-1);
        fixture.Emulator.Faults.Add(Fault.ResetAfterEffect() with { Method = "POST", Skip = 1 });
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(run.Recorder.Errors).Id);
        Assert.Equal(2, run.Jobs.Length);
        Assert.Equal(start.AddDays(90), run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark);

        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(run.Recorder.Errors).Id);
        Assert.Empty(run.Jobs);

        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200), force: true);
        Assert.Empty(run.Recorder.Errors);
        Assert.Single(run.Jobs);
        Assert.Equal(start.AddDays(200), run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark);
    }

    [Fact]
    public async Task SalesAnalytics_ResponseWithoutId_EndsTheRunAfterOneJob()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        fixture.Emulator.Behavior = new EmulatorBehavior { AnalyticsJobId = JobIdPlace.Nowhere };
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        DateTimeOffset start = AnalyticsExport.Start.AddYears(-1);
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Equal(LinkedInErrorId.JobIdMissing, Assert.Single(run.Recorder.Errors).Id);
        Assert.Single(fixture.Emulator.Requests);

        fixture.Emulator.Behavior = new EmulatorBehavior();
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200), force: true);
        Assert.Equal(start.AddDays(200), run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark);
    }

    [Fact]
    public async Task SalesAnalytics_CreateRejected_EndsRunWithoutGap()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        DateTimeOffset start = AnalyticsExport.Start.AddYears(-1);
        fixture.Emulator.Faults.Add(Fault.Status(400) with { Method = "POST", Skip = 1 });
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Single(run.Recorder.Errors);
        Assert.Single(run.Jobs);
        Assert.Equal(start.AddDays(90), run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark);

        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Equal(2, run.Jobs.Length);
        Assert.Equal(start.AddDays(200), run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark);
    }

    [Fact]
    public async Task Wait_OversizedSlice_CountsHalvesForSlice()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            AnalyticsExport.CreateOptions(clock, oversizedBeyond: TimeSpan.FromDays(30))
        );
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", AnalyticsExport.Start, AnalyticsExport.Start.AddDays(80));
        Assert.Empty(run.Recorder.Errors);
        Assert.Equal(4, run.Files.Length);
        Assert.Equal(
            (AnalyticsExport.Start.AddDays(80), 0),
            (
                run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark,
                run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Slices.Length
            )
        );
        Assert.Equal(
            AnalyticsExport.GetActivities(fixture, AnalyticsExport.Start.AddDays(80).AddMilliseconds(-1)),
            AnalyticsExport.ReadActivities(run)
        );
    }

    [Fact]
    public async Task SalesAnalytics_OversizedJobOfAnEarlierRun_IsReplacedByTwoJobs()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            AnalyticsExport.CreateOptions(clock, oversizedBeyond: TimeSpan.FromDays(50))
        );
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        DateTimeOffset end = AnalyticsExport.Start.AddDays(80);
        await run.NewAsync(
            (exports, recorder) =>
                exports.ContinueSalesAnalyticsAsync(
                    ExportType.Activity,
                    ContractUrn.Parse("7001"),
                    AnalyticsExport.Start,
                    end,
                    false,
                    recorder,
                    default
                )
        );
        Assert.Single(run.Jobs);

        await run.AnalyticsAsync(ExportType.Activity, "7001", null, end);
        Assert.Empty(run.Recorder.Errors);
        Assert.Contains("two jobs for the halves", Assert.Single(run.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            [AnalyticsExport.Start, AnalyticsExport.Start.AddDays(40)],
            run.Jobs.Cast<SalesAnalyticsExportJob>().Select(job => job.StartAt!.Value)
        );
        Assert.Equal(end, run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark);
        Assert.Equal(3, fixture.Emulator.Requests.Count(request => request.Method == "POST"));
        Assert.Equal(AnalyticsExport.GetActivities(fixture, end.AddMilliseconds(-1)), AnalyticsExport.ReadActivities(run));
    }

    [Fact]
    public async Task SalesAnalytics_HalfMissing_CreatesOnlyMissingHalf()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            AnalyticsExport.CreateOptions(clock, oversizedBeyond: TimeSpan.FromDays(50))
        );
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        fixture.Emulator.Faults.Add(Fault.HtmlInsteadOfCsv() with { PathPrefix = "/ambry/" });
        await run.AnalyticsAsync(ExportType.Activity, "7001", AnalyticsExport.Start, AnalyticsExport.Start.AddDays(80));
        Assert.Single(run.Recorder.Errors);
        Assert.Equal(
            [false, true],
            run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Slices.Select(slice => slice.IsSaved)
        );

        await run.AnalyticsAsync(ExportType.Activity, "7001", null, AnalyticsExport.Start.AddDays(80));
        Assert.Empty(run.Recorder.Errors);
        SalesAnalyticsExportJob rest = Assert.IsType<SalesAnalyticsExportJob>(Assert.Single(run.Jobs));
        Assert.Equal((AnalyticsExport.Start, AnalyticsExport.Start.AddDays(40).AddMilliseconds(-1)), (rest.StartAt, rest.EndAt));
        Assert.Equal(AnalyticsExport.Start.AddDays(80), run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark);
        Assert.Equal(
            AnalyticsExport.GetActivities(fixture, AnalyticsExport.Start.AddDays(80).AddMilliseconds(-1)),
            AnalyticsExport.ReadActivities(run)
        );
    }
}
