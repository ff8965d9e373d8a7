using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>Jobs that fail, expire, or whose creation has an unknown outcome.</summary>
public sealed class CrmCheckpointFailureTests
{
    [Fact]
    public async Task CrmValidation_CrashAfterCreate_ContinuesJob()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        ExportJob made = Assert.Single(run.Jobs);
        Assert.Equal((null, made.JobId), (run.CrmSeries.Watermark, run.CrmSeries.Slices[0].JobId));

        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal(made.JobId, Assert.Single(run.Jobs).JobId);
        Assert.Equal(2, run.Files.Length);
        Assert.Equal(1, CrmExport.CountCreated(fixture));
        Assert.NotNull(run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmValidation_JobExpired_CreatesJobFromSameStart()
    {
        var clock = new FakeTimeProvider();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                TimeProvider = clock,
                ProcessingTime = TimeSpan.Zero,
                RowsPerPart = 2,
            }
        );
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            CrmExport.CreateOptions(status: "FAILED_DUE_TO_INTERNAL_ERROR")
        );
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
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
            fixture.Emulator.Faults.Clear();
            fixture.Emulator.Faults.Add(fault with { Times = int.MaxValue });
            await run.CrmAsync(EmulatorFixture.Start);
            Assert.Single(run.Recorder.Errors);
            Assert.Equal(before.Slices, run.CrmSeries.Slices);
        }

        Assert.Equal(1, CrmExport.CountCreated(fixture));
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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions(), time: clock);
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        fixture.Emulator.Faults.Add(fault);
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
        Assert.Equal(1, CrmExport.CountCreated(fixture));

        clock.Advance(TimeSpan.FromHours(3));
        await run.NewCrmAsync(EmulatorFixture.Start);
        Assert.Empty(run.Recorder.Errors);
        Assert.Single(run.Recorder.Warnings);
        Assert.Equal(148 + lost, Assert.Single(run.Jobs).JobId);
        Assert.Equal(2, CrmExport.CountCreated(fixture));
    }

    [Fact]
    public async Task CrmValidation_UnknownOutcomeWithForce_CreatesJob()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        fixture.Emulator.Faults.Add(Fault.ResetAfterEffect());
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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions(), time: clock);
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        fixture.Emulator.Faults.Add(Fault.ResetAfterEffect());
        await run.NewCrmAsync(EmulatorFixture.Start);

        using LinkedInClient past = EmulatorFixture.Connect(
            fixture.Emulator,
            time: new FakeTimeProvider(clock.GetUtcNow().AddYears(-1))
        );
        var earlier = new DailyExportFixture(past, fixture.Folder.Path);
        await earlier.NewCrmAsync(EmulatorFixture.Start);
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(earlier.Recorder.Errors).Id);
        Assert.Equal(1, CrmExport.CountCreated(fixture));
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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        fixture.Emulator.Faults.Add(fault with { Times = int.MaxValue });
        await run.NewCrmAsync(EmulatorFixture.Start);
        Assert.Equal(id, Assert.Single(run.Recorder.Errors).Id);
        Assert.True(run.CrmSeries.IsEmpty);

        fixture.Emulator.Faults.Clear();
        await run.CrmAsync(EmulatorFixture.Start.AddDays(1)); // Nothing was exported, so another start is used.
        Assert.Equal(EmulatorFixture.Start.AddDays(1), ((CrmValidationExportJob)run.Jobs[0]).ExportStartAt);
    }

    [Fact]
    public async Task CrmValidation_IdNotWritable_ErrorNamesJob()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var files = new FaultyFileSystem { Fails = (operation, number) => operation == "Move" && number == 2 };
        using LinkedInClient client = EmulatorFixture.Connect(fixture.Emulator, files: files);
        var run = new DailyExportFixture(client, fixture.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        LinkedInException error = Assert.Single(run.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
        Assert.Contains("Get-CrmValidationExportJob -JobId 148", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A handler that signals its request and responds when the test does.</summary>
    private sealed class LateNetwork(TaskCompletionSource asked, Task<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.SetResult();
            return answer.WaitAsync(cancellationToken);
        }
    }
}
