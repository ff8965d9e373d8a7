using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Syncs within LinkedIn's limits, in simulated time.</summary>
[Collection(nameof(Alone))]
public sealed class SyncQuotaTests : IDisposable
{
    private readonly SimulatedTimeProvider _time = new(new DateTimeOffset(2026, 3, 6, 20, 0, 0, TimeSpan.Zero));
    private readonly TempFolder _folder = new();
    private RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(-3 * 3600, 0)]
    [InlineData(3 * 3600, 1)]
    [InlineData(5 * 3600, 0)]
    public async Task SyncAsync_AnyClockDifference_NeverExceedsQuota(int serverIsAhead, int minutes)
    {
        var limits = new SimulatedLinkedIn.Limits(
            RecordsPerMinute: 50,
            RequestsPerDay: 300,
            Minutes: (SimulatedLinkedIn.Minutes)minutes
        );
        using var network = new SimulatedLinkedIn(_time, limits) { Ahead = TimeSpan.FromSeconds(serverIsAhead) };
        using LinkedInClient client = Connect(network, 50, 300);
        await SyncAsync(client, 400, waits: true, batchSize: 20);

        Assert.All(Results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal((400, 400, 0), (network.Resumes.Count, network.Uploads, network.Refused));
        Assert.All(network.Days.Values, used => Assert.InRange(used, 1, 300));
        Assert.InRange(network.Days.Count, 3, 4);
        Assert.Equal(1, network.BatchesSideBySide);
    }

    [Fact]
    public async Task SyncAsync_DailyQuotaExceededAndWaitForQuota_WaitsWithoutRequests()
    {
        using var network = new SimulatedLinkedIn(_time, new(RequestsPerDay: 100));
        using LinkedInClient client = Connect(network, 10_000, 100);
        await SyncAsync(client, 60, waits: true);
        Assert.All(Results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal([2026_03_06, 2026_03_07], network.Days.Keys.Select(Number));
        Assert.InRange(_time.Elapsed, TimeSpan.FromHours(4), TimeSpan.FromHours(4) + TimeSpan.FromMinutes(1));
        Assert.Contains(
            _recorder.VerboseLines,
            line => line.Contains("continuing at 2026-03-07 00:00 UTC", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task SyncAsync_DailyQuotaExceeded_NextRunContinuesNextDay()
    {
        using var network = new SimulatedLinkedIn(_time, new(RequestsPerDay: 100));
        int[] synced = new int[3];
        for (int day = 0; day < 3; day++)
        {
            using LinkedInClient client = Connect(network, 10_000, 100);
            await SyncAsync(client, 60);
            synced[day] = Results.Count(result => result.Outcome == ResumeSyncOutcome.Synced);
            await _time.RunAsync(() => Task.Delay(TimeSpan.FromDays(1), _time));
        }

        Assert.Equal((60, 0), (synced.Sum(), synced[2]));
        Assert.InRange(synced[0], 40, 49);
        Assert.Equal((60, 0), (network.Uploads, network.Refused));
    }

    [Fact]
    public async Task SyncAsync_DailyQuotaUsedByOthers_Waits()
    {
        // The limit is 100,000; another application has used the rest.
        using var network = new SimulatedLinkedIn(_time, new(RequestsPerDay: 80));
        using LinkedInClient client = Connect(network, 10_000, 100_000);
        await SyncAsync(client, 50, waits: true, throttle: 1);
        Assert.All(Results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(2, network.Days.Count);
        Assert.InRange(network.Refused, 1, 10);
        Assert.Equal(50, network.Resumes.Count);
    }

    [Fact]
    public async Task SyncAsync_MinuteQuotaUsedByOthers_Waits()
    {
        using var network = new SimulatedLinkedIn(_time, new(RecordsPerMinute: 30, Minutes: SimulatedLinkedIn.Minutes.Fixed));
        using LinkedInClient client = Connect(network, 45, 100_000);
        await SyncAsync(client, 150, batchSize: 15);
        Assert.All(Results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(150, network.Resumes.Count);
        Assert.InRange(_time.Elapsed, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(12));
    }

    [Fact]
    public async Task SyncAsync_RunAfterRun_CountsBatchesOfLastMinute()
    {
        using var network = new SimulatedLinkedIn(_time, new(RecordsPerMinute: 100));
        for (int run = 0; run < 3; run++)
        {
            using LinkedInClient client = Connect(network, 100, 100_000);
            await SyncAsync(client, 80, first: run * 80, batchSize: 10);
        }

        Assert.Equal((240, 0), (network.Resumes.Count, network.Refused));
    }

    [Fact]
    public async Task SyncAsync_RunAfterCanceledRun_CountsBatchesOfLastMinute()
    {
        using var network = new SimulatedLinkedIn(_time, new(RecordsPerMinute: 100, Minutes: SimulatedLinkedIn.Minutes.Sliding));
        using var stop = new CancellationTokenSource();
        using (LinkedInClient client = Connect(network, 100, 100_000))
        {
            network.Instead = _ =>
            {
                if (network.Batches.Count == 9)
                    stop.Cancel();
                return null;
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                SyncAsync(client, 100, batchSize: 10, cancellationToken: stop.Token)
            );
        }

        network.Instead = _ => null;
        using LinkedInClient next = Connect(network, 100, 100_000);
        await SyncAsync(next, 100, batchSize: 10);
        Assert.Equal((100, 0), (network.Resumes.Count, network.Refused));
    }

    [Fact]
    public async Task SyncAsync_IncompleteBatch_IsSentAfterHalfMinute()
    {
        using var network = new SimulatedLinkedIn(_time, new());
        int links = 0;
        network.Instead = request =>
            request.RequestUri!.AbsolutePath == "/v2/hireMediaUrl" && ++links > 10
                ? new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable)
                {
                    Headers = { RetryAfter = new(TimeSpan.FromMinutes(4)) },
                }
                : null;
        using LinkedInClient client = Connect(network, 10_000, 100_000);
        await SyncAsync(client, 11, throttle: 1);
        Assert.Equal(
            (TimeSpan.FromSeconds(30).TotalSeconds, 10),
            (Math.Floor(Assert.Single(network.Batches).At.TotalSeconds), network.Resumes.Count)
        );
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1000)]
    [InlineData(1900)]
    public async Task SyncAsync_Midnight_StaysWithinQuotaOfNewDay(int millisecondsBefore)
    {
        var limits = new SimulatedLinkedIn.Limits(RequestsPerDay: 1000);
        using var network = new SimulatedLinkedIn(_time, limits)
        {
            Ahead = TimeSpan.FromHours(4) - TimeSpan.FromMilliseconds(millisecondsBefore),
        };
        using LinkedInClient client = Connect(network, 10_000, 1000);
        await SyncAsync(client, 1000, waits: true, throttle: 8);
        Assert.All(Results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(0, network.Refused);
        Assert.InRange(network.Days.Values.First(), 50, 999);
        Assert.InRange(network.Days.Values.ElementAt(1), 900, 1000);
    }

    [Fact]
    public async Task SyncAsync_RateLimited_DelaysAllRequests()
    {
        using var network = new SimulatedLinkedIn(_time, new());
        int links = 0;
        network.Instead = request =>
            request.RequestUri!.AbsolutePath == "/v2/hireMediaUrl" && ++links == 20
                ? new HttpResponseMessage(System.Net.HttpStatusCode.TooManyRequests)
                {
                    Headers = { RetryAfter = new(TimeSpan.FromMinutes(4)) },
                }
                : null;
        using LinkedInClient client = Connect(network, 10_000, 100_000);
        await SyncAsync(client, 40, batchSize: 40);
        Assert.All(Results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));

        // Each upload that was in progress may still have sent its file.
        Assert.InRange(network.Arrivals.Count(at => at < TimeSpan.FromMinutes(4)), 38, 20 + 20 + 16);
        Assert.InRange(network.Batches[0].At, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        TimeSpan[] silence = [.. network.Arrivals.Where(at => at > TimeSpan.FromSeconds(2) && at < TimeSpan.FromMinutes(4))];
        Assert.Empty(silence);
    }

    [Fact]
    public async Task SyncAsync_FilesWaitOverMidnight_GetNewLinks()
    {
        using var network = new SimulatedLinkedIn(_time, new(RequestsPerDay: 21));
        using LinkedInClient client = Connect(network, 10_000, 21);
        await SyncAsync(client, 40, waits: true, throttle: 8, batchSize: 10);
        Assert.All(Results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal((40, 0), (network.Resumes.Count, network.Refused));
        Assert.All(network.Days.Values, used => Assert.InRange(used, 1, 21));
    }

    [Theory]
    [InlineData("hireMediaUrl")]
    [InlineData("tcrmCandidateResumes")]
    public async Task SyncAsync_TooManyRequestsForAMinute_DoesNotUseUpTheDay(string path)
    {
        using var network = new SimulatedLinkedIn(_time, new());
        network.Instead = request =>
            _time.Elapsed < TimeSpan.FromSeconds(70) && request.RequestUri!.AbsolutePath.EndsWith(path, StringComparison.Ordinal)
                ? FakeHttpHandler.TooManyRequests(TimeSpan.FromSeconds(1))
                : null;
        using LinkedInClient client = Connect(network, 10_000, 1000);
        await SyncAsync(client, 3);
        Assert.All(Results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
    }

    private ResumeSyncResult[] Results => [.. _recorder.Outputs.Cast<ResumeSyncResult>()];

    private static int Number(long day)
    {
        DateTimeOffset date = DateTimeOffset.FromUnixTimeSeconds(day * 86_400);
        return (date.Year * 10_000) + (date.Month * 100) + date.Day;
    }

    private LinkedInClient Connect(SimulatedLinkedIn network, int recordsPerMinute, int requestsPerDay) =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                HttpHandler = new Borrowed(network),
                Time = _time,
                Retry = new RetryOptions(),
                RecordsPerMinute = recordsPerMinute,
                RequestsPerDay = requestsPerDay,
            }
        );

    private Task SyncAsync(
        LinkedInClient client,
        int count,
        int first = 0,
        bool waits = false,
        int batchSize = 100,
        int throttle = 8,
        CancellationToken cancellationToken = default
    ) =>
        _time.RunAsync(async () =>
        {
            _recorder = new RecordingOutput();
            using ResumeSync sync = client.CandidateResumes.CreateSync(
                new ResumeSyncOptions
                {
                    IntegrationContext = OrganizationUrn.Parse("1234567890"),
                    Contract = RecruiterContractUrn.Parse("123456"),
                    LedgerPath = _folder.File("ledger"),
                    BatchSize = batchSize,
                    ThrottleLimit = throttle,
                    WaitForQuota = waits,
                }
            );
            string path = _folder.Write("resume.txt", "A resume");
            for (int number = first; number < first + count; number++)
                sync.Add(ResumeSyncFixture.Input($"C-{number}", path));
            await sync.SyncAsync(_recorder, cancellationToken).RecordAsync(_recorder);
        });

    /// <summary>A server that several clients use.</summary>
    private sealed class Borrowed(HttpMessageHandler server) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _server = new(server, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _server.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _server.Dispose();
            base.Dispose(disposing);
        }
    }
}
