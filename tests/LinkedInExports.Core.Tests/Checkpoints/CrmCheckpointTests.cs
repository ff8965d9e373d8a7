using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Checkpoints;

public sealed class CrmCheckpointTests
{
    private static EmulatorOptions Quick(bool nextIsStart = false, TimeSpan? clamp = null, string status = "COMPLETED") =>
        new()
        {
            ProcessingTime = TimeSpan.Zero,
            Parts = 2,
            RowsPerPart = 3,
            RowsPeriod = EmulatorFixture.AllRows,
            Behavior = new() { NextExportStartAt = nextIsStart ? NextExportStart.ExportStart : NextExportStart.ExportEnd },
            ClampStart = clamp,
            CompletedStatus = status,
        };

    private static int Creates(EmulatorFixture session) =>
        session.Emulator.Requests.Count(request =>
            request.Method == "POST" && request.RawTarget.StartsWith("/v2/", StringComparison.Ordinal)
        );

    [Fact]
    public async Task CrmValidation_SameCommandEachDay_StartsWhereTheLastExportEnded()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        DateTimeOffset expected = EmulatorFixture.Start;
        for (int day = 0; day < 3; day++)
        {
            await run.CrmAsync(EmulatorFixture.Start);
            Assert.Empty(run.Recorder.Errors);
            Assert.Empty(run.Recorder.Warnings);
            CrmValidationExportJob job = Assert.IsType<CrmValidationExportJob>(Assert.Single(run.Jobs));
            Assert.Equal(expected, job.ExportStartAt);
            Assert.Equal(2, run.Files.Length);
            expected = (
                await session.Client.CrmValidation.GetAsync(
                    job.JobId,
                    EmulatorFixture.CrmInstance,
                    new RecordingOutput(),
                    default
                )
            )
                .ExportEndAt!
                .Value;
            Assert.Equal((expected, 0), (run.CrmSeries.Watermark, run.CrmSeries.Slices.Length));
        }

        Assert.Equal(3, Creates(session));
    }

    [Fact]
    public async Task CrmValidation_LinkedInSuggestsTheSameStart_StartsThereAgain()
    {
        // As in the tutorial's sample.
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick(nextIsStart: true));
        var run = new DailyExportFixture(session.Client, session.Folder.Path) { Overlap = TimeSpan.FromDays(1) };
        for (int day = 0; day < 3; day++)
        {
            await run.CrmAsync(EmulatorFixture.Start);
            Assert.Empty(run.Recorder.Errors);
            Assert.Empty(run.Recorder.Warnings);
            Assert.Equal(EmulatorFixture.Start, Assert.IsType<CrmValidationExportJob>(Assert.Single(run.Jobs)).ExportStartAt);
            Assert.Equal((EmulatorFixture.Start, 0), (run.CrmSeries.Watermark, run.CrmSeries.Slices.Length));
        }

        Assert.Equal(3, Creates(session));
    }

    [Theory]
    [InlineData(NextExportStart.AfterEnd, true)]
    [InlineData(NextExportStart.Absent, true)]
    [InlineData(NextExportStart.BeforeStart, false)]
    public async Task CrmValidation_LinkedInSuggestsAnotherStart_StaysWithinTheExport(NextExportStart next, bool isEnd)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        session.Emulator.Behavior = new() { NextExportStartAt = next };
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.CrmAsync(EmulatorFixture.Start);
        CrmValidationExportJob job = await session.Client.CrmValidation.GetAsync(
            148,
            EmulatorFixture.CrmInstance,
            new RecordingOutput(),
            default
        );
        Assert.Equal(isEnd ? job.ExportEndAt : EmulatorFixture.Start, run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmValidation_LinkedInSuggestsTheStartThatItMoved_StartsThere()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            Quick(nextIsStart: true, clamp: TimeSpan.FromDays(30))
        );
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.CrmAsync(EmulatorFixture.Start);
        CrmValidationExportJob job = await session.Client.CrmValidation.GetAsync(
            148,
            EmulatorFixture.CrmInstance,
            new RecordingOutput(),
            default
        );
        Assert.Equal(
            (job.ExportEndAt!.Value.AddDays(-30), job.ExportStartAt),
            (job.ExportStartAt, run.CrmSeries.Watermark!.Value)
        );
    }

    [Fact]
    public async Task CrmValidation_WithOverlap_ReachesBackFromTheWatermarkButNotBeforeTheFirstStart()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path) { Overlap = TimeSpan.FromDays(1) };
        await run.CrmAsync(EmulatorFixture.Start);
        DateTimeOffset watermark = run.CrmSeries.Watermark!.Value;

        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal(watermark.AddDays(-1), Assert.IsType<CrmValidationExportJob>(Assert.Single(run.Jobs)).ExportStartAt);
        Assert.True(run.CrmSeries.Watermark > watermark);

        var greedy = new DailyExportFixture(session.Client, session.Folder.Path) { Overlap = TimeSpan.MaxValue };
        await greedy.CrmAsync(null);
        Assert.Equal(EmulatorFixture.Start, Assert.IsType<CrmValidationExportJob>(Assert.Single(greedy.Jobs)).ExportStartAt);
    }

    [Fact]
    public async Task CrmValidation_RunningJob_KeepsItsStartWhateverTheOverlap()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        await new DailyExportFixture(session.Client, session.Folder.Path).CrmAsync(EmulatorFixture.Start);
        var run = new DailyExportFixture(session.Client, session.Folder.Path) { Overlap = TimeSpan.FromDays(1) };
        await run.NewCrmAsync(null);
        DateTimeOffset start = run.CrmSeries.Slices[0].StartAt;

        await new DailyExportFixture(session.Client, session.Folder.Path) { Overlap = TimeSpan.FromDays(9) }.NewCrmAsync(null);
        Assert.Equal((start, 2), (run.CrmSeries.Slices[0].StartAt, Creates(session)));
    }

    [Fact]
    public async Task CrmValidation_FirstRunWithoutStart_ReportsError()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.CrmAsync(null);
        LinkedInException error = Assert.Single(run.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.ExportStartRequired, EmulatorFixture.Crm), (error.Id, error.Target));
        Assert.Contains("-ExportStartAt", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Creates(session));

        await run.CrmAsync(EmulatorFixture.Start);
        await run.CrmAsync(null);
        Assert.Empty(run.Recorder.Errors);
        Assert.Equal(2, Creates(session));
    }

    [Fact]
    public async Task CrmValidation_StartAfterWatermark_UsesWatermarkAndWarns()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.CrmAsync(EmulatorFixture.Start);
        DateTimeOffset watermark = run.CrmSeries.Watermark!.Value;
        await run.CrmAsync(DateTimeOffset.UtcNow.AddDays(1));
        Assert.Equal(watermark, ((CrmValidationExportJob)run.Jobs[0]).ExportStartAt);
        Assert.Contains("-ExportStartAt", Assert.Single(run.Recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CrmValidation_CrashAfterCreate_ContinuesJob()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        ExportJob made = Assert.Single(run.Jobs);
        Assert.Equal((null, made.JobId), (run.CrmSeries.Watermark, run.CrmSeries.Slices[0].JobId));

        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal(made.JobId, Assert.Single(run.Jobs).JobId);
        Assert.Equal(2, run.Files.Length);
        Assert.Equal(1, Creates(session));
        Assert.NotNull(run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmValidation_JobExpired_CreatesJobFromSameStart()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                TimeProvider = clock,
                ProcessingTime = TimeSpan.Zero,
                RowsPerPart = 2,
            }
        );
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        clock.Advance(TimeSpan.FromDays(7));
        await run.CrmAsync(null);
        Assert.Equal((149, EmulatorFixture.Start), (run.Jobs[0].JobId, ((CrmValidationExportJob)run.Jobs[0]).ExportStartAt));
        Assert.Contains("148", Assert.Single(run.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(run.Recorder.Errors);
        Assert.Empty(run.CrmSeries.Slices);
    }

    [Fact]
    public async Task CrmValidation_JobFailed_NextRunCreatesJobFromSameStart()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick(status: "FAILED_DUE_TO_INTERNAL_ERROR"));
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal(LinkedInErrorId.ExportJobFailed, Assert.Single(run.Recorder.Errors).Id);
        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal((149, EmulatorFixture.Start), (run.Jobs[0].JobId, ((CrmValidationExportJob)run.Jobs[0]).ExportStartAt));
        Assert.Contains("FAILED_DUE_TO_INTERNAL_ERROR", Assert.Single(run.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Null(run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmValidation_JobLookupFails_KeepsCheckpoint()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        ExportSeries before = run.CrmSeries;
        foreach (
            Fault fault in new[]
            {
                Fault.Status(500),
                Fault.Status(403),
                Fault.Status(400),
                Fault.Status(401),
                Fault.Status(429),
                Fault.ResetAfterEffect(),
            }
        )
        {
            session.Emulator.Faults.Clear();
            session.Emulator.Faults.Add(fault with { Times = int.MaxValue });
            await run.CrmAsync(EmulatorFixture.Start);
            Assert.Single(run.Recorder.Errors);
            Assert.Equal(before.Slices, run.CrmSeries.Slices);
        }

        Assert.Equal(1, Creates(session));
    }

    public static TheoryData<Fault, int> LostResponses =>
        new()
        {
            { Fault.ResetBeforeEffect(), 0 },
            { Fault.ResetAfterEffect(), 1 },
            { Fault.Status(500), 0 },
            { Fault.Status(504), 0 },
            { Fault.BadJson(), 0 },
        };

    [Theory]
    [MemberData(nameof(LostResponses))]
    public async Task CrmValidation_UnknownOutcome_IsNotRepeatedUntilExpiredOrForced(Fault fault, int lost)
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick(), time: clock);
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        session.Emulator.Faults.Add(fault);
        await run.NewCrmAsync(EmulatorFixture.Start);
        Assert.Contains(
            Assert.Single(run.Recorder.Errors).Id,
            new[] { LinkedInErrorId.CreateOutcomeUnknown, LinkedInErrorId.JobIdMissing }
        );

        await run.NewCrmAsync(EmulatorFixture.Start);
        LinkedInException error = Assert.Single(run.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.CreateOutcomeUnknown, EmulatorFixture.Crm), (error.Id, error.Target));
        Assert.Contains("-Force", error.Message, StringComparison.Ordinal);
        Assert.Contains("2026-01-05 11:00:00Z", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, Creates(session));

        clock.Advance(TimeSpan.FromHours(3));
        await run.NewCrmAsync(EmulatorFixture.Start);
        Assert.Empty(run.Recorder.Errors);
        Assert.Single(run.Recorder.Warnings);
        Assert.Equal(148 + lost, Assert.Single(run.Jobs).JobId);
        Assert.Equal(2, Creates(session));
    }

    [Fact]
    public async Task CrmValidation_UnknownOutcomeWithForce_CreatesJob()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        session.Emulator.Faults.Add(Fault.ResetAfterEffect());
        await run.NewCrmAsync(EmulatorFixture.Start);
        await run.CrmAsync(EmulatorFixture.Start, force: true);
        Assert.Empty(run.Recorder.Errors);
        Assert.Equal(149, run.Jobs[0].JobId);
        Assert.NotNull(run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmValidation_ClockJumpsBack_KeepsUnknownOutcome()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick(), time: clock);
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        session.Emulator.Faults.Add(Fault.ResetAfterEffect());
        await run.NewCrmAsync(EmulatorFixture.Start);

        using LinkedInClient past = EmulatorFixture.Connect(
            session.Emulator,
            time: new FakeTimeProvider(clock.GetUtcNow().AddYears(-1))
        );
        var earlier = new DailyExportFixture(past, session.Folder.Path);
        await earlier.NewCrmAsync(EmulatorFixture.Start);
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(earlier.Recorder.Errors).Id);
        Assert.Equal(1, Creates(session));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)] // Longer than a stopped command may take.
    public async Task CrmValidation_CanceledBeforeTheResponse_KeepsTheJobOfALateResponse(int seconds, bool isKept)
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("the-token"),
                Time = time,
                HttpHandler = new LateNetwork(asked, answer.Task),
            }
        );
        var run = new DailyExportFixture(client, folder.Path);
        Task creating = run.NewAsync(
            (exports, recorder) =>
                exports.ContinueCrmValidationAsync(
                    EmulatorFixture.CrmInstance,
                    EmulatorFixture.Start,
                    TimeSpan.Zero,
                    false,
                    recorder,
                    stop.Token
                )
        );
        await asked.Task;

        await stop.CancelAsync();
        time.Advance(TimeSpan.FromSeconds(seconds));
        var response = new HttpResponseMessage(System.Net.HttpStatusCode.Created);
        response.Headers.Add("X-RestLi-Id", "148");
        answer.SetResult(response);

        if (isKept)
            await creating;
        else
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);
        Slice slice = Assert.Single(run.CrmSeries.Slices);
        Assert.Equal((isKept ? 148L : null, isKept), (slice.JobId, slice.RequestedAt is null));
    }

    public static TheoryData<Fault, LinkedInErrorId> Refusals =>
        new()
        {
            { Fault.Status(400), LinkedInErrorId.BadRequest },
            { Fault.Status(401), LinkedInErrorId.TokenRejected },
            { Fault.Status(403), LinkedInErrorId.AccessDenied },
            { Fault.Status(429), LinkedInErrorId.RateLimitExceeded },
            { Fault.Redirect(new Uri("https://login.example/")), LinkedInErrorId.UnexpectedResponse },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task CrmValidation_CreateRejected_LeavesCheckpointUnchanged(Fault fault, LinkedInErrorId id)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        session.Emulator.Faults.Add(fault with { Times = int.MaxValue });
        await run.NewCrmAsync(EmulatorFixture.Start);
        Assert.Equal(id, Assert.Single(run.Recorder.Errors).Id);
        Assert.True(run.CrmSeries.IsEmpty);

        session.Emulator.Faults.Clear();
        await run.CrmAsync(EmulatorFixture.Start.AddDays(1)); // Nothing was exported, so another start counts.
        Assert.Equal(EmulatorFixture.Start.AddDays(1), ((CrmValidationExportJob)run.Jobs[0]).ExportStartAt);
    }

    [Fact]
    public async Task Save_PartMissing_KeepsWatermark()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        session.Emulator.Faults.Add(Fault.HtmlInsteadOfCsv() with { PathPrefix = "/ambry/", Skip = 1 });
        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal(LinkedInErrorId.InvalidExportFile, Assert.Single(run.Recorder.Errors).Id);
        Assert.Null(run.CrmSeries.Watermark);

        int before = session.Downloads;
        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal([1, 2], run.Files.Select(file => file.Part));
        Assert.Equal(before + 1, session.Downloads);
        Assert.NotNull(run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmAsync_CompletedJobWithoutLinks_KeepsTheWatermarkAndContinuesTheSameJob()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero, Parts = 0 }
        );
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        for (int day = 1; day <= 2; day++)
        {
            await run.CrmAsync(EmulatorFixture.Start);
            Assert.Equal(LinkedInErrorId.ExportLinksMissing, Assert.Single(run.Recorder.Errors).Id);
            Assert.Equal((null, 148L), (run.CrmSeries.Watermark, run.CrmSeries.Slices[0].JobId));
        }

        Assert.Equal(1, Creates(session));
    }

    [Fact]
    public async Task Save_JobNotInCheckpoint_KeepsWatermark()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.CrmAsync(EmulatorFixture.Start);
        DateTimeOffset? watermark = run.CrmSeries.Watermark;
        ExportJob saved = run.Jobs[0];
        ExportJob other = await session.CreateAndWaitAsync();
        using (CheckpointLease checkpoint = run.Open())
        {
            await run.SaveAsync(checkpoint, [other]);
            Assert.Contains(
                "does not track CrmValidation export job 149",
                Assert.Single(run.Recorder.Warnings),
                StringComparison.Ordinal
            );
            await run.SaveAsync(checkpoint, [saved]);
        }

        Assert.Contains(run.Recorder.VerboseLines, line => line.Contains("was saved before", StringComparison.Ordinal));
        Assert.Single(run.Recorder.Warnings);
        Assert.Equal(watermark, run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmValidation_SeveralInstances_HaveSeparateWatermarks()
    {
        const string other = "urn:li:crmInstance:(SFDC,00D000000000001AAA)";
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var run = new DailyExportFixture(session.Client, session.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        await run.NewAsync(
            (exports, recorder) =>
                exports.ContinueCrmValidationAsync(
                    CrmInstanceUrn.Parse(other),
                    EmulatorFixture.Start.AddDays(1),
                    TimeSpan.Zero,
                    false,
                    recorder,
                    default
                )
        );
        Assert.Equal((148, 149), (run.CrmSeries.Slices[0].JobId, run.GetSeries(ExportType.CrmValidation, other).Slices[0].JobId));

        await run.CrmAsync(null);
        Assert.NotNull(run.CrmSeries.Watermark);
        Assert.Null(run.GetSeries(ExportType.CrmValidation, other).Watermark);
        Assert.Equal(EmulatorFixture.Start.AddDays(1), run.GetSeries(ExportType.CrmValidation, other).Slices[0].StartAt);
    }

    [Fact]
    public async Task CrmValidation_IdNotWritable_ErrorNamesJob()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Quick());
        var files = new FaultyFileSystem { Fails = (operation, number) => operation == "Move" && number == 2 };
        using LinkedInClient client = EmulatorFixture.Connect(session.Emulator, files: files);
        var run = new DailyExportFixture(client, session.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        LinkedInException error = Assert.Single(run.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
        Assert.Contains("Get-CrmValidationExportJob -JobId 148", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A network that says when it was asked, and answers when the test does.</summary>
    private sealed class LateNetwork(TaskCompletionSource asked, Task<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.SetResult();
            return answer.WaitAsync(cancellationToken);
        }
    }
}
