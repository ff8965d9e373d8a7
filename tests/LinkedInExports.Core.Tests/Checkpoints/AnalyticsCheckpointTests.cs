using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Checkpoints;

public sealed class AnalyticsCheckpointTests
{
    private const string Contract = "urn:li:contract:7001";
    private static readonly DateTimeOffset Start = new(2025, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private static EmulatorOptions Options(FakeTimeProvider clock, TimeSpan? oversizedBeyond = null) =>
        new()
        {
            TimeProvider = clock,
            ProcessingTime = TimeSpan.Zero,
            ActivityInterval = TimeSpan.FromHours(6),
            OversizedBeyond = oversizedBeyond,
        };

    /// <summary>The run, on a client whose clock is the server's: both are moved from day to day.</summary>
    private static (DailyExportFixture Run, LinkedInClient Client) Run(EmulatorFixture session, FakeTimeProvider clock)
    {
        LinkedInClient client = EmulatorFixture.Connect(session.Emulator, time: new DayClock(clock));
        return (new DailyExportFixture(client, session.Folder.Path), client);
    }

    private static string[] SavedActivities(DailyExportFixture run) =>
        [
            .. Directory
                .GetFiles(run.Destination, "activity-*.csv")
                .SelectMany(file => ExportFileReader.Read(file, new ImportOptions(), new RecordingOutput(), default))
                .Cast<SalesActivityRecord>()
                .Select(record => record.ActivityId!)
                .Order(StringComparer.Ordinal),
        ];

    private static string[] AllActivities(EmulatorFixture session, DateTimeOffset through) =>
        [.. session.Emulator.GetActivities(7001, Start, through).Select(row => row.ActivityId).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task SalesAnalytics_DailyRuns_ExportEachActivityOnce()
    {
        var clock = new FakeTimeProvider(); // 2026-01-05T08:00Z
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        for (int day = 0; day < 5; day++)
        {
            await run.AnalyticsAsync(ExportType.Activity, "7001", Start);
            Assert.Empty(run.Recorder.Errors);
            Assert.Empty(run.Recorder.Warnings);
            clock.Advance(TimeSpan.FromDays(1));
        }

        // The last run was on the 9th at 8: the whole days that ended 24 hours before go through the 7th.
        Assert.Equal(
            new DateTimeOffset(2026, 1, 8, 0, 0, 0, TimeSpan.Zero),
            run.GetSeries(ExportType.Activity, Contract).Watermark
        );
        Assert.Equal(
            AllActivities(session, new DateTimeOffset(2026, 1, 8, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(-1)),
            SavedActivities(run)
        );
    }

    [Fact]
    public async Task SalesAnalytics_SecondRunOfDay_ReportsNothingNew()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Seat, "7001", Start);
        await run.AnalyticsAsync(ExportType.Seat, "7001", Start);
        Assert.Empty(run.Jobs);
        Assert.Empty(run.Recorder.Errors);
        Assert.Contains("nothing new", Assert.Single(run.Recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SalesAnalytics_IncompleteDay_IsLeftToLaterRun()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", Start, clock.GetUtcNow());
        Assert.Equal(
            new DateTimeOffset(2026, 1, 4, 0, 0, 0, TimeSpan.Zero),
            run.GetSeries(ExportType.Activity, Contract).Watermark
        );
        Assert.Contains(run.Recorder.VerboseLines, line => line.Contains("may not have all data", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)] // Several slices of it.
    public async Task SalesAnalytics_ClockAhead_LosesNothing(int days)
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        using LinkedInClient ahead = EmulatorFixture.Connect(
            session.Emulator,
            time: new DayClock(new FakeTimeProvider(clock.GetUtcNow().AddDays(days)))
        );
        var wrong = new DailyExportFixture(ahead, session.Folder.Path);
        await wrong.AnalyticsAsync(ExportType.Activity, "7001", Start);
        Assert.Contains("check the clock", Assert.Single(wrong.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(wrong.Recorder.Errors);
        Assert.Equal(
            new DateTimeOffset(2026, 1, 4, 0, 0, 0, TimeSpan.Zero),
            wrong.GetSeries(ExportType.Activity, Contract).Watermark
        );

        clock.Advance(TimeSpan.FromDays(5));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", Start);
        Assert.Empty(run.Recorder.Warnings);
        Assert.Equal(
            new DateTimeOffset(2026, 1, 9, 0, 0, 0, TimeSpan.Zero),
            run.GetSeries(ExportType.Activity, Contract).Watermark
        );
        Assert.Empty(
            AllActivities(session, new DateTimeOffset(2026, 1, 9, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(-1))
                .Except(SavedActivities(run))
        );
    }

    [Fact]
    public async Task SalesAnalytics_FirstRunWithoutStart_ReportsError()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", null);
        LinkedInException error = Assert.Single(run.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.ExportStartRequired, Contract), (error.Id, error.Target));
        Assert.Contains("-StartAt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SalesAnalytics_SeveralTypesAndContracts_HaveSeparateWatermarks()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", Start, Start.AddDays(10));
        await run.AnalyticsAsync(ExportType.Seat, "7001", Start, Start.AddDays(20));
        await run.AnalyticsAsync(ExportType.Activity, "7003", Start, Start.AddDays(30));
        Assert.Equal(
            [Start.AddDays(10), Start.AddDays(20), Start.AddDays(30)],
            new[]
            {
                (ExportType.Activity, Contract),
                (ExportType.Seat, Contract),
                (ExportType.Activity, "urn:li:contract:7003"),
            }.Select(key => run.GetSeries(key.Item1, key.Item2).Watermark!.Value)
        );
    }

    [Fact]
    public async Task Save_SliceNotSaved_HoldsWatermarkAndKeepsLaterSlices()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        DateTimeOffset start = Start.AddYears(-1);
        session.Emulator.Faults.Add(Fault.HtmlInsteadOfCsv() with { PathPrefix = "/ambry/" });
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Single(run.Recorder.Errors);
        Assert.Equal(2, run.Files.Length);
        ExportSeries series = run.GetSeries(ExportType.Activity, Contract);
        Assert.Null(series.Watermark);
        Assert.Equal([false, true, true], series.Slices.Select(slice => slice.IsSaved));

        int downloads = session.Downloads;
        await run.AnalyticsAsync(ExportType.Activity, "7001", null, start.AddDays(200));
        Assert.Empty(run.Recorder.Errors);
        Assert.Single(run.Files);
        Assert.Equal(downloads + 1, session.Downloads);
        Assert.Equal(
            (start.AddDays(200), 0),
            (run.GetSeries(ExportType.Activity, Contract).Watermark, run.GetSeries(ExportType.Activity, Contract).Slices.Length)
        );
    }

    [Fact]
    public async Task SalesAnalytics_UnknownOutcome_KeepsSlice()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        DateTimeOffset start = Start.AddYears(-1);
        session.Emulator.Faults.Add(Fault.ResetAfterEffect() with { Method = "POST", Skip = 1 });
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(run.Recorder.Errors).Id);
        Assert.Equal(2, run.Jobs.Length);
        Assert.Equal(start.AddDays(90), run.GetSeries(ExportType.Activity, Contract).Watermark);

        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(run.Recorder.Errors).Id);
        Assert.Empty(run.Jobs);

        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200), force: true);
        Assert.Empty(run.Recorder.Errors);
        Assert.Single(run.Jobs);
        Assert.Equal(start.AddDays(200), run.GetSeries(ExportType.Activity, Contract).Watermark);
    }

    [Fact]
    public async Task SalesAnalytics_ResponseWithoutId_EndsTheRunAfterOneJob()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        session.Emulator.Behavior = new EmulatorBehavior { AnalyticsJobId = JobIdPlace.Nowhere };
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        DateTimeOffset start = Start.AddYears(-1);
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Equal(LinkedInErrorId.JobIdMissing, Assert.Single(run.Recorder.Errors).Id);
        Assert.Single(session.Emulator.Requests);

        session.Emulator.Behavior = new EmulatorBehavior();
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200), force: true);
        Assert.Equal(start.AddDays(200), run.GetSeries(ExportType.Activity, Contract).Watermark);
    }

    [Fact]
    public async Task SalesAnalytics_CreateRejected_EndsRunWithoutGap()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        DateTimeOffset start = Start.AddYears(-1);
        session.Emulator.Faults.Add(Fault.Status(400) with { Method = "POST", Skip = 1 });
        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Single(run.Recorder.Errors);
        Assert.Single(run.Jobs);
        Assert.Equal(start.AddDays(90), run.GetSeries(ExportType.Activity, Contract).Watermark);

        await run.AnalyticsAsync(ExportType.Activity, "7001", start, start.AddDays(200));
        Assert.Equal(2, run.Jobs.Length);
        Assert.Equal(start.AddDays(200), run.GetSeries(ExportType.Activity, Contract).Watermark);
    }

    [Fact]
    public async Task Wait_OversizedSlice_CountsHalvesForSlice()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            Options(clock, oversizedBeyond: TimeSpan.FromDays(30))
        );
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        await run.AnalyticsAsync(ExportType.Activity, "7001", Start, Start.AddDays(80));
        Assert.Empty(run.Recorder.Errors);
        Assert.Equal(4, run.Files.Length);
        Assert.Equal(
            (Start.AddDays(80), 0),
            (run.GetSeries(ExportType.Activity, Contract).Watermark, run.GetSeries(ExportType.Activity, Contract).Slices.Length)
        );
        Assert.Equal(AllActivities(session, Start.AddDays(80).AddMilliseconds(-1)), SavedActivities(run));
    }

    [Fact]
    public async Task SalesAnalytics_HalfMissing_CreatesOnlyMissingHalf()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            Options(clock, oversizedBeyond: TimeSpan.FromDays(50))
        );
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        session.Emulator.Faults.Add(Fault.HtmlInsteadOfCsv() with { PathPrefix = "/ambry/" });
        await run.AnalyticsAsync(ExportType.Activity, "7001", Start, Start.AddDays(80));
        Assert.Single(run.Recorder.Errors);
        Assert.Equal([false, true], run.GetSeries(ExportType.Activity, Contract).Slices.Select(slice => slice.IsSaved));

        await run.AnalyticsAsync(ExportType.Activity, "7001", null, Start.AddDays(80));
        Assert.Empty(run.Recorder.Errors);
        SalesAnalyticsExportJob rest = Assert.IsType<SalesAnalyticsExportJob>(Assert.Single(run.Jobs));
        Assert.Equal((Start, Start.AddDays(40).AddMilliseconds(-1)), (rest.StartAt, rest.EndAt));
        Assert.Equal(Start.AddDays(80), run.GetSeries(ExportType.Activity, Contract).Watermark);
        Assert.Equal(AllActivities(session, Start.AddDays(80).AddMilliseconds(-1)), SavedActivities(run));
    }

    [Fact]
    public async Task Save_JobKnownByIdOnly_MarksItSaved()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Options(clock));
        (DailyExportFixture run, LinkedInClient client) = Run(session, clock);
        using LinkedInClient owned = client;
        await run.NewAsync(
            (exports, recorder) =>
                exports.ContinueSalesAnalyticsAsync(
                    ExportType.Seat,
                    ContractUrn.Parse(Contract),
                    Start,
                    Start.AddDays(5),
                    false,
                    recorder,
                    default
                )
        );
        using CheckpointLease checkpoint = run.Open();
        await run.SaveAsync(checkpoint, [new SalesAnalyticsExportJob(null) { JobId = run.Jobs[0].JobId, Contract = Contract }]);
        Assert.Equal(Start.AddDays(5), checkpoint.GetSeries(ExportType.Seat, Contract).Watermark);
    }

    /// <summary>The day of one clock, with the timers of the real one.</summary>
    private sealed class DayClock(FakeTimeProvider day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => day.GetUtcNow();
    }
}
