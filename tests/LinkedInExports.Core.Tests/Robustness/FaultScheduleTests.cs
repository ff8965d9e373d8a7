using System.Globalization;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Tests.Checkpoints;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator.Faults;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>
/// With any sequence of faults, a run is complete and correct, or it reports errors and a run without faults completes it.
/// </summary>
public sealed class FaultScheduleTests(ITestOutputHelper output)
{
    private const string Contract = "urn:li:contract:7001";
    private static readonly DateTimeOffset Start = new(2025, 10, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddDays(100);

    private static readonly RetryOptions Hasty = new()
    {
        BaseDelay = TimeSpan.FromMilliseconds(1),
        MaxDelay = TimeSpan.FromMilliseconds(2),
        MaxServerDelay = TimeSpan.FromMilliseconds(5),
        IdleTimeout = TimeSpan.FromMilliseconds(60),
        ResponseTimeout = TimeSpan.FromSeconds(1),
        LinkPollDelay = TimeSpan.FromMilliseconds(1),
        LinkTimeout = TimeSpan.FromMilliseconds(50),
    };

    private static readonly LinkedInErrorId[] Unclear = [LinkedInErrorId.CreateOutcomeUnknown, LinkedInErrorId.JobIdMissing];

    [Fact]
    public async Task DailyRun_AnyFaultSchedule_CompletesOrRecovers()
    {
        int runs = ExhaustiveTests.GetRunCount(sample: 50, full: 1000),
            atOnce = 0;
        var errors = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int seed = 1; seed <= runs; seed++)
        {
            try
            {
                LinkedInErrorId[] seen = await RunAsync(new FaultSchedule(seed));
                atOnce += seen.Length == 0 ? 1 : 0;
                foreach (LinkedInErrorId id in seen.Distinct())
                    errors[id.ToString()] = errors.GetValueOrDefault(id.ToString()) + 1;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
            }
        }

        output.WriteLine(
            $"{runs} schedules of faults (seeds 1 to {runs}): {atOnce} complete at once, {runs - atOnce} completed by one "
                + $"more run. Runs that reported: {string.Join(", ", errors.Select(error => $"{error.Key} {error.Value}"))}."
        );
        Assert.InRange(atOnce, runs / 10, runs - (runs / 10));
    }

    private static async Task<LinkedInErrorId[]> RunAsync(FaultSchedule schedule)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(schedule.Options);
        using LinkedInClient impatient = EmulatorFixture.Connect(fixture.Emulator, Hasty);
        var run = new DailyExportFixture(impatient, fixture.Folder.Path) { Timeout = TimeSpan.FromSeconds(2) };
        foreach (Fault fault in schedule.Faults)
            fixture.Emulator.Faults.Add(fault);
        await OnceAsync(run, schedule, force: false);
        LinkedInException[] errors = run.Recorder.Errors;
        await AssertConsistentAsync(fixture, run, schedule, errors);

        // Other faults on the next day don't change the result.
        fixture.Emulator.Faults.Clear();
        run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await OnceAsync(run, schedule, force: false);
        if (run.Recorder.Errors.Length > 0)
        {
            Assert.All(run.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id));
            Assert.Contains(errors, error => Unclear.Contains(error.Id));
            await OnceAsync(run, schedule, force: true);
        }

        Assert.Empty(run.Recorder.Errors);
        await AssertConsistentAsync(fixture, run, schedule, []);
        await AssertCompleteAsync(fixture, run, schedule);
        return [.. errors.Select(error => error.Id)];
    }

    private static Task OnceAsync(DailyExportFixture run, FaultSchedule schedule, bool force) =>
        schedule.IsAnalytics
            ? run.AnalyticsAsync(ExportType.Activity, Contract, Start, End, force)
            : run.CrmAsync(EmulatorFixture.Start, force);

    /// <summary>
    /// Files on the disk are complete, the checkpoint counts only these, and no message contains a secret.
    /// </summary>
    private static async Task AssertConsistentAsync(
        EmulatorFixture fixture,
        DailyExportFixture run,
        FaultSchedule schedule,
        LinkedInException[] errors
    )
    {
        string[] files = Directory.Exists(run.Destination) ? Directory.GetFiles(run.Destination) : [];
        Assert.DoesNotContain(files, file => file.EndsWith(".partial", StringComparison.Ordinal));
        foreach (string file in files.Where(file => file.EndsWith(".csv", StringComparison.Ordinal)))
        {
            await ExportFileVerifier.RunAsync(file, new RecordingOutput(), default);
            string[] name = Path.GetFileNameWithoutExtension(file).Split('-');
            long job = long.Parse(name[schedule.IsAnalytics ? 1 : 2], CultureInfo.InvariantCulture);
            int part = schedule.IsAnalytics ? 1 : int.Parse(name[3][4..], CultureInfo.InvariantCulture);
            Assert.Equal(fixture.Emulator.GetFileBytes(job, part), await File.ReadAllBytesAsync(file));
        }

        ExportSeries series = GetSeries(run, schedule);
        if (series.IsEmpty || series.Slices.Length > 0 || series.Watermark is null)
            Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.NotEmpty(error.Message));

        string everything =
            run.Recorder.GetAllText() + (File.Exists(run.CheckpointPath) ? await File.ReadAllTextAsync(run.CheckpointPath) : "");
        Assert.DoesNotContain(fixture.Emulator.AccessToken, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("x-li-ambry-ep=AQ", everything, StringComparison.Ordinal);
    }

    private static async Task AssertCompleteAsync(EmulatorFixture fixture, DailyExportFixture run, FaultSchedule schedule)
    {
        ExportSeries series = GetSeries(run, schedule);
        Assert.Empty(series.Slices);
        DateTimeOffset next = schedule.IsAnalytics ? Start : EmulatorFixture.Start;
        long[] jobs =
        [
            .. Directory
                .GetFiles(run.Destination, "*.csv")
                .Select(file =>
                    long.Parse(
                        Path.GetFileNameWithoutExtension(file).Split('-')[schedule.IsAnalytics ? 1 : 2],
                        CultureInfo.InvariantCulture
                    )
                )
                .Distinct(),
        ];
        if (schedule.IsAnalytics)
        {
            // Each activity of the period once. The files may have been requested in any order.
            string[] saved =
            [
                .. jobs.SelectMany(fixture.Emulator.GetActivities).Select(row => row.ActivityId).Order(StringComparer.Ordinal),
            ];
            Assert.Equal(
                fixture
                    .Emulator.GetActivities(7001, Start, End.AddMilliseconds(-1))
                    .Select(row => row.ActivityId)
                    .Order(StringComparer.Ordinal),
                saved
            );
            Assert.Equal(End, series.Watermark);
            return;
        }

        foreach (long id in jobs.Order())
        {
            CrmValidationExportJob job = await fixture.Client.CrmValidation.GetAsync(
                id,
                EmulatorFixture.CrmInstance,
                new RecordingOutput(),
                default
            );
            Assert.Equal(schedule.Options.Parts, Directory.GetFiles(run.Destination, $"crm-validation-{id}-*.csv").Length);
            Assert.Equal(next, job.ExportStartAt);
            next = job.NextExportStartAt!.Value;
        }

        Assert.Equal(next, series.Watermark);
    }

    private static ExportSeries GetSeries(DailyExportFixture run, FaultSchedule schedule) =>
        schedule.IsAnalytics ? run.GetSeries(ExportType.Activity, Contract) : run.CrmSeries;
}
