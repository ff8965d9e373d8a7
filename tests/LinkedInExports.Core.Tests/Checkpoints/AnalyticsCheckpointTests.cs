using System.Globalization;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Checkpoints;

public sealed class AnalyticsCheckpointTests
{
    [Fact]
    public async Task SalesAnalytics_DailyRuns_ExportEachActivityOnce()
    {
        var clock = new FakeTimeProvider(); // 2026-01-05T08:00Z
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        for (int day = 0; day < 5; day++)
        {
            await run.AnalyticsAsync(ExportType.Activity, "7001", AnalyticsExport.Start);
            Assert.Empty(run.Recorder.Errors);
            Assert.Empty(run.Recorder.Warnings);
            clock.Advance(TimeSpan.FromDays(1));
        }

        // The last run was on the 9th at 8: the whole days that ended 24 hours before go through the 7th.
        Assert.Equal(
            new DateTimeOffset(2026, 1, 8, 0, 0, 0, TimeSpan.Zero),
            run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark
        );
        Assert.Equal(
            AnalyticsExport.GetActivities(fixture, new DateTimeOffset(2026, 1, 8, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(-1)),
            AnalyticsExport.ReadActivities(run)
        );
    }

    [Fact]
    public async Task SalesAnalytics_SecondRunOfDay_ReportsNothingNew()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Seat, "7001", AnalyticsExport.Start);
        await run.AnalyticsAsync(ExportType.Seat, "7001", AnalyticsExport.Start);
        Assert.Empty(run.Jobs);
        Assert.Empty(run.Recorder.Errors);
        Assert.Contains("nothing new", Assert.Single(run.Recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SalesAnalytics_IncompleteDay_IsLeftToLaterRun()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", AnalyticsExport.Start, clock.GetUtcNow());
        Assert.Equal(
            new DateTimeOffset(2026, 1, 4, 0, 0, 0, TimeSpan.Zero),
            run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark
        );
        Assert.Contains(run.Recorder.VerboseLines, line => line.Contains("may not have all data", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)] // Several slices of it.
    public async Task SalesAnalytics_ClockAhead_LosesNothing(int days)
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        using LinkedInClient ahead = EmulatorFixture.Connect(
            fixture.Emulator,
            time: new AnalyticsExport.DayClock(new FakeTimeProvider(clock.GetUtcNow().AddDays(days)))
        );
        var wrong = new DailyExportFixture(ahead, fixture.Folder.Path);
        await wrong.AnalyticsAsync(ExportType.Activity, "7001", AnalyticsExport.Start);
        Assert.Contains("check the clock", Assert.Single(wrong.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(wrong.Recorder.Errors);
        Assert.Equal(
            new DateTimeOffset(2026, 1, 4, 0, 0, 0, TimeSpan.Zero),
            wrong.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark
        );

        clock.Advance(TimeSpan.FromDays(5));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", AnalyticsExport.Start);
        Assert.Empty(run.Recorder.Warnings);
        Assert.Equal(
            new DateTimeOffset(2026, 1, 9, 0, 0, 0, TimeSpan.Zero),
            run.GetSeries(ExportType.Activity, AnalyticsExport.Contract).Watermark
        );
        Assert.Empty(
            AnalyticsExport
                .GetActivities(fixture, new DateTimeOffset(2026, 1, 9, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(-1))
                .Except(AnalyticsExport.ReadActivities(run))
        );
    }

    [Fact]
    public async Task SalesAnalytics_FirstRunWithoutStart_ReportsError()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", null);
        LinkedInException error = Assert.Single(run.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.ExportStartRequired, AnalyticsExport.Contract), (error.Id, error.Target));
        Assert.Contains("-StartAt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-05T00:00:00Z", null)] // Today.
    [InlineData("2026-01-05T08:00:00Z", null)] // Now.
    [InlineData("2026-01-05T08:00:01Z", LinkedInErrorId.InvalidPeriod)]
    [InlineData("2027-01-01T00:00:00Z", LinkedInErrorId.InvalidPeriod)]
    public async Task SalesAnalytics_FirstStartWithoutACompleteDay_IsAnErrorInTheFuture(string start, LinkedInErrorId? id)
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        var startAt = DateTimeOffset.Parse(start, CultureInfo.InvariantCulture);

        await run.AnalyticsAsync(ExportType.Seat, "7001", startAt);

        Assert.Equal(id, run.Recorder.Errors.SingleOrDefault()?.Id);
        if (id is null)
        {
            Assert.Contains(
                $"next export of Seat data of {AnalyticsExport.Contract} starts at {startAt:u}",
                Assert.Single(run.Recorder.Warnings),
                StringComparison.Ordinal
            );
        }

        Assert.True(run.GetSeries(ExportType.Seat, AnalyticsExport.Contract).IsEmpty);
    }

    [Fact]
    public async Task SalesAnalytics_SeveralTypesAndContracts_HaveSeparateWatermarks()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", AnalyticsExport.Start, AnalyticsExport.Start.AddDays(10));
        await run.AnalyticsAsync(ExportType.Seat, "7001", AnalyticsExport.Start, AnalyticsExport.Start.AddDays(20));
        await run.AnalyticsAsync(ExportType.Activity, "7003", AnalyticsExport.Start, AnalyticsExport.Start.AddDays(30));
        Assert.Equal(
            [AnalyticsExport.Start.AddDays(10), AnalyticsExport.Start.AddDays(20), AnalyticsExport.Start.AddDays(30)],
            new[]
            {
                (ExportType.Activity, AnalyticsExport.Contract),
                (ExportType.Seat, AnalyticsExport.Contract),
                (ExportType.Activity, "urn:li:contract:7003"),
            }.Select(key => run.GetSeries(key.Item1, key.Item2).Watermark!.Value)
        );
    }

    [Fact]
    public async Task Save_JobKnownByIdOnly_MarksItSaved()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(AnalyticsExport.CreateOptions(clock));
        (DailyExportFixture run, LinkedInClient client) = AnalyticsExport.CreateRun(fixture, clock);
        using LinkedInClient owned = client;
        await run.NewAsync(
            (exports, recorder) =>
                exports.ContinueSalesAnalyticsAsync(
                    ExportType.Seat,
                    ContractUrn.Parse(AnalyticsExport.Contract),
                    AnalyticsExport.Start,
                    AnalyticsExport.Start.AddDays(5),
                    false,
                    recorder,
                    default
                )
        );
        using CheckpointLease checkpoint = run.Open();
        await run.SaveAsync(
            checkpoint,
            [new SalesAnalyticsExportJob(null) { JobId = run.Jobs[0].JobId, Contract = AnalyticsExport.Contract }]
        );
        Assert.Equal(AnalyticsExport.Start.AddDays(5), checkpoint.GetSeries(ExportType.Seat, AnalyticsExport.Contract).Watermark);
    }
}
