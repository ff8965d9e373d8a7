using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>A sync with -StopAfter ends in time, with a result for each record.</summary>
public sealed class RunDeadlineTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task SyncAsync_StopAfterZero_LeavesAllPendingForNextRun()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ResumeInput[] inputs = Inputs(fixture.Folder, 5);

        RecordingOutput first = await RunAsync(fixture.Client, fixture.Folder, inputs, TimeSpan.Zero);
        Assert.Equal(5, Outcomes(first, ResumeSyncOutcome.Pending));
        Assert.All(
            first.Outputs.Cast<ResumeSyncResult>(),
            result => Assert.Equal("The time of 00:00:00 for this run is over.", result.Reason)
        );
        Assert.Equal(
            "The time of 00:00:00 for this run is over. 5 records are pending; run the command again to continue.",
            Assert.Single(first.Warnings)
        );
        Assert.Empty(first.Errors);
        Assert.Empty(fixture.Emulator.Requests);
        Assert.Equal(5, CandidateResumeClient.ReadLedger(fixture.Folder.File("ledger"), DateTimeOffset.UtcNow).Pending);

        RecordingOutput second = await RunAsync(fixture.Client, fixture.Folder, inputs, Hour);
        Assert.Equal(5, Outcomes(second, ResumeSyncOutcome.Synced));
        Assert.Empty(second.Warnings);
    }

    [Fact]
    public async Task SyncAsync_StopAfterZero_StillRejectsInvalidRecords()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        RecordingOutput recorder = await RunAsync(
            fixture.Client,
            fixture.Folder,
            [
                new ResumeInput
                {
                    CandidateId = "",
                    ResumeId = "R",
                    CreatedAt = 1,
                },
            ],
            TimeSpan.Zero
        );
        Assert.Equal(1, Outcomes(recorder, ResumeSyncOutcome.Rejected));
        Assert.Empty(recorder.Warnings);
    }

    [Theory]
    [InlineData("/ambry/", 15)]
    [InlineData("/v2/tcrmCandidateResumes", 30)]
    public async Task SyncAsync_StopAfterDuringRequest_CancelsAfterGracePeriod(string silent, int secondsLater)
    {
        var time = new FakeTimeProvider();
        using var folder = new TempFolder();
        var network = new Network(silent);
        using LinkedInClient client = Connect(time, network, requestsPerDay: 1000);
        ResumeInput[] inputs = Inputs(folder, 3);
        DateTimeOffset start = time.GetUtcNow();

        Task<RecordingOutput> run = RunAsync(client, folder, inputs, TimeSpan.FromSeconds(1));
        await network.Asked;
        await time.RunAsync(run);

        Assert.Equal(3, Outcomes(await run, ResumeSyncOutcome.Pending));
        Assert.Empty((await run).Errors);
        Assert.Single((await run).Warnings);
        Assert.Equal(TimeSpan.FromSeconds(1 + secondsLater), time.GetUtcNow() - start);
    }

    [Fact]
    public async Task SyncAsync_StopAfterWhileWaitingForQuota_Ends()
    {
        var time = new FakeTimeProvider();
        using var folder = new TempFolder();
        using LinkedInClient client = Connect(time, new Network("nothing"), requestsPerDay: 1);
        DateTimeOffset start = time.GetUtcNow();

        Task<RecordingOutput> run = RunAsync(client, folder, Inputs(folder, 3), Hour, waits: true);
        await time.RunAsync(run);

        Assert.Equal(3, Outcomes(await run, ResumeSyncOutcome.Pending));
        Assert.Equal(Hour + TimeSpan.FromSeconds(15), time.GetUtcNow() - start);
    }

    [Fact]
    public async Task SyncAsync_CanceledWithStopAfter_ThrowsOperationCanceled()
    {
        var time = new FakeTimeProvider();
        using var folder = new TempFolder();
        using LinkedInClient client = Connect(time, new Network("/ambry/"), requestsPerDay: 1000);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(client, folder, Inputs(folder, 3), Hour, cancellationToken: stop.Token)
        );
    }

    [Fact]
    public async Task SyncAsync_StopAfterLongerThanAnyTimer_Succeeds()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        RecordingOutput recorder = await RunAsync(fixture.Client, fixture.Folder, Inputs(fixture.Folder, 1), TimeSpan.MaxValue);
        Assert.Equal(1, Outcomes(recorder, ResumeSyncOutcome.Synced));
    }

    private static async Task<RecordingOutput> RunAsync(
        LinkedInClient client,
        TempFolder folder,
        ResumeInput[] inputs,
        TimeSpan stopAfter,
        bool waits = false,
        CancellationToken cancellationToken = default
    )
    {
        var recorder = new RecordingOutput();
        using ResumeSync sync = client.CandidateResumes.CreateSync(
            new ResumeSyncOptions
            {
                IntegrationContext = OrganizationUrn.Parse("1234567890"),
                Contract = RecruiterContractUrn.Parse("123456"),
                LedgerPath = folder.File("ledger"),
                StopAfter = stopAfter,
                WaitForQuota = waits,
            }
        );
        foreach (ResumeInput input in inputs)
            sync.Add(input);
        await sync.SyncAsync(recorder, cancellationToken).RecordAsync(recorder);
        return recorder;
    }

    private static LinkedInClient Connect(FakeTimeProvider time, HttpMessageHandler network, int requestsPerDay) =>
        new(
            new LinkedInClientOptions
            {
                BaseUri = new Uri("https://api.linkedin.com/v2/"),
                AccessToken = new StaticTokenSource("token"),
                Time = time,
                HttpHandler = network,
                RequestsPerDay = requestsPerDay,
            }
        );

    private static ResumeInput[] Inputs(TempFolder folder, int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number => new ResumeInput
                {
                    CandidateId = $"C{number}",
                    ResumeId = $"R{number}",
                    CreatedAt = 1670935153000,
                    Path = folder.Write($"{number}.txt", $"resume {number}"),
                }),
        ];

    private static int Outcomes(RecordingOutput recorder, ResumeSyncOutcome outcome) =>
        recorder.Outputs.Cast<ResumeSyncResult>().Count(result => result.Outcome == outcome);

    /// <summary>Accepts uploads, and doesn't respond to one type of request.</summary>
    private sealed class Network(string silent) : HttpMessageHandler
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _number;

        /// <summary>Completes at the first request without a response.</summary>
        internal Task Asked => _asked.Task;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (request.RequestUri!.AbsolutePath.StartsWith(silent, StringComparison.Ordinal))
            {
                _asked.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            var answer = new HttpResponseMessage(HttpStatusCode.Created) { RequestMessage = request };
            int number = Interlocked.Increment(ref _number);
            answer.Headers.Location = request.RequestUri.AbsolutePath.StartsWith("/ambry/", StringComparison.Ordinal)
                ? new Uri($"/AAY{number}.txt", UriKind.Relative)
                : new Uri(
                    $"/hireMediaUrl/{Uri.EscapeDataString($"https://www.linkedin.com/ambry/?x-li-ambry-ep={number}")}",
                    UriKind.Relative
                );
            return answer;
        }
    }
}
