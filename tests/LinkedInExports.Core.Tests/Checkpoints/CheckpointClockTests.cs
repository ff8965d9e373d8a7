using System.Globalization;
using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>With impossible clocks and times, a checkpoint neither throws nor loses a period.</summary>
public sealed class CheckpointClockTests : IDisposable
{
    private const string Contract = "urn:li:contract:7001";

    private readonly FakeTimeProvider _time = new(); // 2026-01-05T08:00Z
    private readonly TempFolder _folder = new();
    private string? _date;
    private int _jobs;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData(null)]
    public async Task SalesAnalytics_ServerDateThatIsImpossible_CreatesJobAndContinuesWithIt(string? date)
    {
        _date = date;
        using LinkedInClient client = Client(_time);
        var run = new DailyExportFixture(client, _folder.Path);

        await run.NewAsync(AnalyticsAsync);

        Assert.Empty(run.Recorder.Errors);
        Assert.Empty(run.Recorder.Warnings);
        Assert.Equal(1, Assert.Single(run.Jobs).JobId);
        Slice slice = Assert.Single(run.GetSeries(ExportType.Activity, Contract).Slices);
        Assert.Equal((1L, Day(2026, 1, 4).AddMilliseconds(-1)), (slice.JobId, slice.EndAt));

        await run.NewAsync(AnalyticsAsync);
        Assert.Equal(1, Assert.Single(run.Jobs).JobId);
        Assert.Equal(1, _jobs);
    }

    [Fact]
    public async Task SalesAnalytics_PeriodEndsAfterServerDate_DoesNotUseTheJob()
    {
        _date = "Mon, 01 Dec 2025 00:00:00 GMT";
        using LinkedInClient client = Client(_time);
        var run = new DailyExportFixture(client, _folder.Path);

        for (int day = 1; day <= 3; day++)
        {
            await run.NewAsync(
                (exports, recorder) =>
                    exports.ContinueSalesAnalyticsAsync(
                        ExportType.Activity,
                        ContractUrn.Parse(Contract),
                        Day(2025, 12, 10),
                        null,
                        false,
                        recorder,
                        default
                    )
            );

            Assert.Empty(run.Jobs);
            Assert.Contains("check the clock", Assert.Single(run.Recorder.Warnings), StringComparison.Ordinal);
            Assert.Equal(day, _jobs);
            Assert.True(run.GetSeries(ExportType.Activity, Contract).IsEmpty);
        }
    }

    [Fact]
    public async Task SalesAnalytics_PeriodEndsAfterServerDate_JobHasTheSameEndInEachRun()
    {
        _date = "Sun, 04 Jan 2026 12:00:00 GMT";
        using LinkedInClient client = Client(_time);
        var run = new DailyExportFixture(client, _folder.Path);
        _time.Advance(TimeSpan.FromDays(2));
        for (int day = 1; day <= 2; day++)
        {
            await run.NewAsync(AnalyticsAsync);
            SalesAnalyticsExportJob job = Assert.IsType<SalesAnalyticsExportJob>(run.Jobs[0]);
            Assert.Equal((1, Day(2026, 1, 3).AddMilliseconds(-1)), (job.JobId, job.EndAt));
        }
    }

    [Fact]
    public async Task SalesAnalytics_ServerDateBackInTheMiddle_LeavesNoGapBetweenSlices()
    {
        using LinkedInClient client = Client(_time);
        var run = new DailyExportFixture(client, _folder.Path);
        await run.NewAsync(
            (exports, recorder) =>
                exports.ContinueSalesAnalyticsAsync(
                    ExportType.Activity,
                    ContractUrn.Parse(Contract),
                    Day(2025, 1, 1),
                    Day(2025, 6, 1),
                    false,
                    recorder,
                    default
                )
        );
        Assert.Equal([1L, 2L], run.GetSeries(ExportType.Activity, Contract).Slices.Select(slice => slice.JobId));

        _failed = 1;
        _date = "Sat, 15 Feb 2025 00:00:00 GMT";
        await run.NewAsync(
            (exports, recorder) =>
                exports.ContinueSalesAnalyticsAsync(
                    ExportType.Activity,
                    ContractUrn.Parse(Contract),
                    Day(2025, 1, 1),
                    Day(2025, 6, 1),
                    false,
                    recorder,
                    default
                )
        );

        Slice[] slices = run.GetSeries(ExportType.Activity, Contract).Slices;
        Assert.Equal([null, 2L], slices.Select(slice => slice.JobId));
        Assert.Equal(slices[0].EndAt!.Value.AddMilliseconds(1), slices[1].StartAt);
    }

    [Fact]
    public async Task SalesAnalytics_ServerDateBeforeBothHalvesOfAnOversizedJob_RequestsEachHalfOnce()
    {
        using LinkedInClient client = Client(_time);
        var run = new DailyExportFixture(client, _folder.Path);
        await run.NewAsync(AnalyticsAsync);

        _failed = 1;
        _failure = "FAILED_DUE_TO_EXCEEDED_FILE_SIZE_ERROR";
        _date = "Mon, 01 Dec 2025 00:00:00 GMT";
        await run.NewAsync(AnalyticsAsync);

        Assert.Equal(3, _jobs);
        Assert.Empty(run.Jobs);
        Slice[] slices = run.GetSeries(ExportType.Activity, Contract).Slices;
        Assert.Equal([null, null], slices.Select(slice => slice.JobId));
        Assert.Equal(slices[0].EndAt!.Value.AddMilliseconds(1), slices[1].StartAt);
    }

    [Theory]
    [InlineData("253402300799999", null)]
    [InlineData("253402300799999", "253402300799999")]
    [InlineData("-62135596800000", "-62135596800000")]
    [InlineData(null, null)]
    [InlineData(null, "253402300799999")]
    public async Task CrmValidation_EndThatIsImpossible_DoesNotMoveWatermarkBeyondCreation(string? end, string? next)
    {
        _date = _time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        _times = $"\"exportEndAt\":{end ?? "null"},\"nextExportStartAt\":{next ?? "null"}";
        using LinkedInClient client = Client(_time);
        var run = new DailyExportFixture(client, _folder.Path);

        await run.CrmAsync(EmulatorFixture.Start);

        Assert.Empty(run.Recorder.Errors);
        Assert.Single(run.Files);
        Assert.InRange(run.CrmSeries.Watermark!.Value, EmulatorFixture.Start, _time.GetUtcNow());
        Assert.Empty(run.CrmSeries.Slices);
        Assert.Equal(
            end?[0] == '2',
            run.Recorder.Warnings.Any(text => text.Contains("long after it was created", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task CrmValidation_RequestedWhileClockWasYearsAhead_WaitsThreeHoursFromTheNextRun()
    {
        using (LinkedInClient ahead = Client(new FakeTimeProvider(_time.GetUtcNow().AddYears(5)), losesAnswers: true))
        {
            var lost = new DailyExportFixture(ahead, _folder.Path);
            await lost.NewCrmAsync(EmulatorFixture.Start);
            Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(lost.Recorder.Errors).Id);
        }

        using LinkedInClient client = Client(_time);
        var run = new DailyExportFixture(client, _folder.Path);
        foreach (TimeSpan passed in new[] { TimeSpan.Zero, TimeSpan.FromHours(2.9) })
        {
            _time.Advance(passed);
            await run.NewCrmAsync(EmulatorFixture.Start);
            LinkedInException error = Assert.Single(run.Recorder.Errors);
            Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
            Assert.Contains("after 2026-01-05 11:00:00Z", error.Message, StringComparison.Ordinal);
        }

        _time.Advance(TimeSpan.FromHours(0.1));
        await run.NewCrmAsync(EmulatorFixture.Start);
        Assert.Empty(run.Recorder.Errors);
        Assert.Single(run.Jobs);
    }

    [Fact]
    public async Task CrmValidation_ForcedAfterRequestWhileClockWasAhead_ReplacesTheSlice()
    {
        using (LinkedInClient ahead = Client(new FakeTimeProvider(_time.GetUtcNow().AddYears(5)), losesAnswers: true))
            await new DailyExportFixture(ahead, _folder.Path).NewCrmAsync(EmulatorFixture.Start);

        using LinkedInClient client = Client(_time);
        var run = new DailyExportFixture(client, _folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start, force: true);

        Assert.Empty(run.Recorder.Errors);
        Assert.Equal(1, Assert.Single(run.CrmSeries.Slices).JobId);
    }

    [Fact]
    public async Task CrmValidation_ClockBackAndForth_WaitsThreeHoursFromTheRequest()
    {
        using (LinkedInClient client = Client(_time, losesAnswers: true))
            await new DailyExportFixture(client, _folder.Path).NewCrmAsync(EmulatorFixture.Start);
        using (LinkedInClient behind = Client(new FakeTimeProvider(_time.GetUtcNow().AddYears(-1))))
            await new DailyExportFixture(behind, _folder.Path).NewCrmAsync(EmulatorFixture.Start);

        using LinkedInClient right = Client(_time);
        var run = new DailyExportFixture(right, _folder.Path);
        _time.Advance(TimeSpan.FromHours(2.9));
        await run.NewCrmAsync(EmulatorFixture.Start);

        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(run.Recorder.Errors).Id);
    }

    private long _failed;
    private string _failure = "FAILED_DUE_TO_TIMED_OUT";
    private string _times = "\"exportEndAt\":1767571200000,\"nextExportStartAt\":1767571200000";

    private static IAsyncEnumerable<ExportJob> AnalyticsAsync(IncrementalExportService exports, RecordingOutput recorder) =>
        exports.ContinueSalesAnalyticsAsync(
            ExportType.Activity,
            ContractUrn.Parse(Contract),
            Day(2026, 1, 1),
            null,
            false,
            recorder,
            default
        );

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    private LinkedInClient Client(FakeTimeProvider time, bool losesAnswers = false) =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("the-token"),
                Retry = EmulatorFixture.FastRetry,
                Time = time,
                HttpHandler = new FakeHttpHandler(request => Answer(request, losesAnswers)),
            }
        );

    private HttpResponseMessage Answer(HttpRequestMessage request, bool losesAnswers)
    {
        if (request.RequestUri!.Host == "www.linkedin.com")
        {
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("crmId,crmRecordType,expiredAt,createdAt\na,LEAD,1,2\n"),
            };
        }

        if (request.Method == HttpMethod.Get)
        {
            long id = long.Parse(request.RequestUri.Segments[^1], CultureInfo.InvariantCulture);
            return FakeHttpHandler.Json(
                $$"""{"status":"{{(id == _failed ? _failure : "COMPLETED")}}","exportStartAt":1533772800000,{{_times}},"downloadUrls":["https://www.linkedin.com/ambry/?a"]}"""
            );
        }

        if (losesAnswers)
            return FakeHttpHandler.Json("{}", HttpStatusCode.GatewayTimeout);
        Assert.True(++_jobs < 100, "Jobs are created without end.");
        HttpResponseMessage response = FakeHttpHandler.Json($"{{\"value\":{{\"id\":{_jobs}}}}}", HttpStatusCode.Created);
        response.Headers.Add("X-RestLi-Id", $"{_jobs}");
        if (_date is not null)
            response.Headers.TryAddWithoutValidation("Date", _date);
        return response;
    }
}
