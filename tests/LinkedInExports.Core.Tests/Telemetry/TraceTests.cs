using System.Diagnostics;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Tests.Resumes;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Core.Tests.Telemetry;

/// <summary>The spans of exports and syncs.</summary>
public sealed class TraceTests
{
    private static readonly string[] PropagationHeaders =
    [
        "traceparent",
        "tracestate",
        "baggage",
        "Request-Id",
        "Correlation-Context",
    ];

    [Fact]
    public async Task Export_WithListener_CreatesSpansForEachStep()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                ProcessingPolls = 2,
                RowsPeriod = EmulatorFixture.AllRows,
                RowsPerPart = 2000,
                Parts = 2,
            }
        );
        fixture.Emulator.Faults.Add(Fault.Status(429, retryAfter: TimeSpan.Zero) with { PathPrefix = "/v2/" });
        fixture.Emulator.Faults.Add(Fault.TruncateBody(100_000) with { PathPrefix = "/ambry/" });
        using var traces = new TraceRecorder();

        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile[] files = await fixture.SaveAsync(job);
        await ExportFileVerifier.RunAsync(files[0].Path, fixture.Recorder, CancellationToken.None);

        Assert.Equal(2, files.Length);
        AssertParents(traces, "create export job", "test");
        AssertParents(traces, "wait for export job", "test");
        AssertParents(traces, "poll export job", "wait for export job");
        AssertParents(traces, "save part", "test");
        AssertParents(traces, "resume download", "save part");
        AssertParents(traces, "verify part", "save part", "test");
        AssertParents(traces, "throttle", "create export job");
        AssertParents(traces, "POST /v2/crmDataValidationExportJobs", "create export job");
        AssertParents(traces, "GET /v2/crmDataValidationExportJobs/{id}", "poll export job");
        AssertParents(traces, "GET", "save part", "resume download");
        Activity[] creates = traces.Named("POST /v2/crmDataValidationExportJobs");
        Assert.Equal([429, 201], creates.OrderBy(span => span.StartTimeUtc).Select(Status));
        Assert.Equal("127.0.0.1", creates[0].GetTagItem(TelemetryAttribute.ServerAddress));
        Assert.All(traces.Named("GET"), span => Assert.Null(span.GetTagItem(TelemetryAttribute.UrlTemplate)));
        Assert.Equal(2000L, traces.Named("save part")[0].GetTagItem(TelemetryAttribute.FileRows));
        AssertNothingPropagated(fixture.Emulator);
        AssertDoesNotContain(
            traces,
            [
                fixture.Emulator.AccessToken,
                "0b7c1f52",
                "crmInstance",
                "x-li-ambry",
                "crm-validation-",
                fixture.Folder.Path,
                .. job.DownloadUrls.Select(url => url.GetUri().Query.Split('=')[1]),
            ]
        );
    }

    [Fact]
    public async Task Sync_WithListener_CreatesSpansWithoutPersonalData()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var traces = new TraceRecorder();

        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(3));

        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(3, traces.Named("upload resume").Length);
        AssertParents(traces, "POST /v2/hireMediaUrl", "upload resume");
        AssertParents(traces, "POST", "upload resume");
        AssertParents(traces, "send batch", "test");
        Assert.Equal(3, traces.Named("send batch").Single().GetTagItem(TelemetryAttribute.BatchRecords));
        AssertNothingPropagated(fixture.Emulator);
        AssertDoesNotContain(
            traces,
            [fixture.Emulator.AccessToken, "C-1", "RC-", "1234567890", "123456", ".txt", "ambry", fixture.Folder.Path]
        );
    }

    [Fact]
    public async Task SignIn_WithWrongSecret_FailsItsSpan()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync();
        using var traces = new TraceRecorder();
        var options = new OAuthOptions { TokenUri = emulator.TokenUri };
        using RefreshingTokenSource token = LinkedInOAuth.FromClientCredentials(
            new OAuthClientCredentials(emulator.ClientId, "planted-secret"),
            options
        );

        await Assert.ThrowsAsync<LinkedInException>(() => token.GetTokenAsync(NullDiagnostics.Instance, CancellationToken.None));

        Activity span = traces.Named("sign in").Single();
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("InvalidCredentials", span.GetTagItem(TelemetryAttribute.ErrorType));
        AssertNothingPropagated(emulator);
        AssertDoesNotContain(traces, [emulator.ClientId, "planted-secret"]);
    }

    [Fact]
    public async Task CommandScopes_InParallel_KeepTheirChildren()
    {
        using var traces = new TraceRecorder();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => RunCommandsAsync(number))));

        Activity[] commands =
        [
            .. traces.Spans.Where(span => span.OperationName.StartsWith("Command-", StringComparison.Ordinal)),
        ];
        Assert.All(commands, command => Assert.Equal("test", traces.GetParentName(command)));
        Activity[] steps = [.. traces.Spans.Where(span => span.OperationName.StartsWith("step ", StringComparison.Ordinal))];
        Assert.Equal(16, commands.Length);
        Assert.Equal(16, steps.Length);
        Assert.All(steps, step => Assert.Equal("Command-" + step.OperationName[5..], traces.GetParentName(step)));

        // Like a pipeline of two commands: both start before the work of the first one.
        async Task RunCommandsAsync(int number)
        {
            using var first = new CommandScope($"Command-{number}a");
            using var second = new CommandScope($"Command-{number}b");
            Task firstWork = Start(first, $"step {number}a");
            Task secondWork = Start(second, $"step {number}b");
            Assert.Equal(traces.Root, Activity.Current);
            await Task.WhenAll(firstWork, secondWork);
        }

        static Task Start(CommandScope command, string step)
        {
            using (command.Enter())
            {
                return Task.Run(() =>
                    TraceSpan.RunAsync(
                        step,
                        async _ =>
                        {
                            await Task.Yield();
                            return 0;
                        }
                    )
                );
            }
        }
    }

    [Fact]
    public async Task CommandScope_OnThreadOfEndedSpan_IsNoChildOfIt()
    {
        using var traces = new TraceRecorder();
        var hasEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Like the thread of a runspace, which keeps the current span of the time at which it was created.
        Task work = Task.Run(async () =>
        {
            await hasEnded.Task;
            using var command = new CommandScope("Late-Command");
        });
        traces.Root.Dispose();
        hasEnded.SetResult();
        await work;

        Assert.Empty(traces.Spans);
    }

    private static void AssertParents(TraceRecorder traces, string name, params string[] parents)
    {
        Activity[] spans = traces.Named(name);
        Assert.NotEmpty(spans);
        Assert.Equal(parents.Order(), spans.Select(traces.GetParentName).Distinct().Order());
    }

    private static void AssertNothingPropagated(LinkedInEmulator emulator)
    {
        Assert.NotEmpty(emulator.Requests);
        foreach (RecordedRequest request in emulator.Requests)
            Assert.All(PropagationHeaders, name => Assert.Null(request.Header(name)));
    }

    private static void AssertDoesNotContain(TraceRecorder traces, string[] secrets)
    {
        string all = traces.GetAllText();
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase));
    }

    private static object? Status(Activity span) => span.GetTagItem(TelemetryAttribute.StatusCode);
}
