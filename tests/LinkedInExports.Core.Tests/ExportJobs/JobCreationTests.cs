using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.ExportJobs;

public sealed class JobCreationTests
{
    [Fact]
    public async Task Create_IdHeaderMissing_TakesIdFromLocation()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { IdHeader = false, FirstJobId = 3_000_000_000 }
        );
        Assert.Equal(3_000_000_000, (await session.CreateAsync()).JobId);
    }

    public static TheoryData<Fault> LostResponses =>
        [
            Fault.ResetBeforeEffect(),
            Fault.ResetAfterEffect(),
            Fault.Status(500),
            Fault.Status(502, FaultBody.Html),
            Fault.Status(503, FaultBody.Empty),
            Fault.Status(504),
        ];

    [Theory]
    [MemberData(nameof(LostResponses))]
    public async Task Create_ResponseLost_ThrowsCreateOutcomeUnknownWithoutRetry(Fault fault)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        session.Emulator.Faults.Add(fault);

        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(session.CreateAsync);

        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
        Assert.Equal(EmulatorFixture.Crm, error.Target);
        Assert.Single(session.Emulator.Requests);
    }

    [Fact]
    public async Task Create_ResponseTimeout_ThrowsCreateOutcomeUnknown()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            retry: new() { ResponseTimeout = TimeSpan.FromMilliseconds(100) }
        );
        session.Emulator.Faults.Add(Fault.Latency(TimeSpan.FromSeconds(5)));
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(session.CreateAsync);
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
        Assert.Single(session.Emulator.Requests);
    }

    [Fact]
    public async Task Create_RateLimited_IsRetried()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        session.Emulator.Faults.Add(Fault.Status(429, retryAfter: TimeSpan.Zero) with { Times = 2 });
        Assert.Equal(148, (await session.CreateAsync()).JobId);
        Assert.Equal([429, 429, 201], session.Emulator.Requests.Select(request => request.StatusCode));
    }

    [Fact]
    public async Task Create_NeverSent_IsRetriedThenFails()
    {
        var heard = new RecordingOutput();
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                BaseUri = new Uri("http://127.0.0.1:1/v2/"), // Nobody listens there.
                AccessToken = new StaticTokenSource("token"),
                Retry = EmulatorFixture.FastRetry,
            }
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            client.CrmValidation.CreateAsync(EmulatorFixture.CrmInstance, EmulatorFixture.Start, heard, CancellationToken.None)
        );

        Assert.Equal(LinkedInErrorId.ConnectionFailed, error.Id);
        Assert.Equal(5, heard.VerboseLines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(400, LinkedInErrorId.BadRequest)]
    [InlineData(401, LinkedInErrorId.TokenRejected)]
    [InlineData(403, LinkedInErrorId.AccessDenied)]
    [InlineData(404, LinkedInErrorId.NotFound)]
    [InlineData(422, LinkedInErrorId.BadRequest)]
    public async Task Create_Rejected_ErrorHasServerMessageAndTraceId(int status, LinkedInErrorId id)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        session.Emulator.Faults.Add(Fault.Status(status));
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(session.CreateAsync);

        Assert.Equal((id, status), (error.Id, error.StatusCode));
        Assert.NotNull(error.TraceId);
        Assert.Contains(error.TraceId, error.Message, StringComparison.Ordinal);
        Assert.Single(session.Emulator.Requests);
    }

    [Fact]
    public async Task Create_WrongToken_ErrorHasServerMessage()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(new EmulatorOptions());
        using var client = new LinkedInClient(
            new LinkedInClientOptions { BaseUri = emulator.BaseUri, AccessToken = new StaticTokenSource("wrong") }
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            client.CrmValidation.CreateAsync(
                EmulatorFixture.CrmInstance,
                EmulatorFixture.Start,
                new RecordingOutput(),
                CancellationToken.None
            )
        );
        Assert.Equal((LinkedInErrorId.TokenRejected, 65600), (error.Id, error.ServiceErrorCode));
        Assert.Contains("Invalid access token", error.Message, StringComparison.Ordinal);
    }

    private const string Contract = "urn:li:contract:7001";
    private static readonly Period Month = new(
        new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2025, 2, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(-1)
    );

    [Theory]
    [InlineData(JobIdPlace.Body)]
    [InlineData(JobIdPlace.RestLiIdHeader)]
    [InlineData(JobIdPlace.LocationHeader)]
    public async Task SalesAnalytics_IdAnywhereInTheResponse_ReturnsTheJob(JobIdPlace place)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                FirstAnalyticsJobId = 3_000_000_000,
                Behavior = new EmulatorBehavior { AnalyticsJobId = place },
            }
        );
        SalesAnalyticsExportJob job = await session.Client.SalesAnalytics.CreateAsync(
            ExportType.Seat,
            ContractUrn.Parse(Contract),
            Month,
            session.Recorder,
            CancellationToken.None
        );
        Assert.Equal((3_000_000_000, Month.StartAt, Month.EndAt), (job.JobId, job.StartAt, job.EndAt));
    }

    [Fact]
    public async Task SalesAnalytics_IdNowhereInTheResponse_WarnsThatAJobMayExist()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { Behavior = new EmulatorBehavior { AnalyticsJobId = JobIdPlace.Nowhere } }
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            session.Client.SalesAnalytics.CreateAsync(
                ExportType.Seat,
                ContractUrn.Parse(Contract),
                Month,
                session.Recorder,
                CancellationToken.None
            )
        );
        Assert.Equal((LinkedInErrorId.JobIdMissing, Contract, false), (error.Id, error.Target, error.IsNotProcessed));
        Assert.Contains("may exist", error.Message, StringComparison.Ordinal);
        Assert.Single(session.Emulator.Requests);
    }

    [Theory]
    [InlineData("""{"value":{"id":148}}""")]
    [InlineData("""{"value":{"id":"148","status":5,"downloadUrl":"ftp://x","expireAt":9223372036854775807}}""")]
    [InlineData("""{"id":148,"status":"\ud83d","rowCount":"many"}""")]
    [InlineData("""{"value":148}""")]
    [InlineData("148")]
    [InlineData("""{"Value":{"jobId":148}}""")]
    public async Task CreateAsync_IdInABodyOfAnyForm_ReturnsTheJob(string json)
    {
        using LinkedInClient client = Answering(() => FakeHttpHandler.Json(json));
        Assert.Equal(
            148,
            (
                await client.SalesAnalytics.CreateAsync(
                    ExportType.Seat,
                    ContractUrn.Parse(Contract),
                    Month,
                    new RecordingOutput(),
                    CancellationToken.None
                )
            ).JobId
        );
        Assert.Equal(
            148,
            (
                await client.CrmValidation.CreateAsync(
                    EmulatorFixture.CrmInstance,
                    EmulatorFixture.Start,
                    new RecordingOutput(),
                    CancellationToken.None
                )
            ).JobId
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"value":null}""")]
    [InlineData("""{"value":{"id":null}}""")]
    [InlineData("""{"id":-1.5}""")]
    [InlineData("""{"id":"\ud83d"}""")]
    [InlineData("""{"id":99999999999999999999}""")]
    public async Task CreateAsync_NoIdInASuccessfulResponse_IsJobIdMissing(string body)
    {
        int requests = 0;
        using LinkedInClient client = Answering(() =>
        {
            requests++;
            return FakeHttpHandler.Json(body);
        });
        LinkedInException sales = await Assert.ThrowsAsync<LinkedInException>(() =>
            client.SalesAnalytics.CreateAsync(
                ExportType.Seat,
                ContractUrn.Parse(Contract),
                Month,
                new RecordingOutput(),
                CancellationToken.None
            )
        );
        LinkedInException crm = await Assert.ThrowsAsync<LinkedInException>(() =>
            client.CrmValidation.CreateAsync(
                EmulatorFixture.CrmInstance,
                EmulatorFixture.Start,
                new RecordingOutput(),
                CancellationToken.None
            )
        );
        Assert.Equal((LinkedInErrorId.JobIdMissing, LinkedInErrorId.JobIdMissing, 2), (sales.Id, crm.Id, requests));
    }

    [Fact]
    public async Task CreateAsync_IdInAHeaderAndABodyThatCannotBeRead_ReturnsTheJob()
    {
        using LinkedInClient client = Answering(() =>
        {
            var response = new HttpResponseMessage(System.Net.HttpStatusCode.OK)
            {
                Content = new StreamContent(new BrokenStream()),
            };
            response.Headers.Add("X-RestLi-Id", "148");
            return response;
        });
        Assert.Equal(
            148,
            (
                await client.SalesAnalytics.CreateAsync(
                    ExportType.Seat,
                    ContractUrn.Parse(Contract),
                    Month,
                    new RecordingOutput(),
                    CancellationToken.None
                )
            ).JobId
        );
    }

    [Fact]
    public async Task CreateAsync_BodyWithTheIdBreaksOff_IsOfUnknownOutcome()
    {
        using LinkedInClient client = Answering(() =>
            new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream()) }
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            client.SalesAnalytics.CreateAsync(
                ExportType.Seat,
                ContractUrn.Parse(Contract),
                Month,
                new RecordingOutput(),
                CancellationToken.None
            )
        );
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
    }

    private static LinkedInClient Answering(Func<HttpResponseMessage> answer) =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("the-token"),
                HttpHandler = new FakeHttpHandler(_ => answer()),
                Retry = EmulatorFixture.FastRetry,
            }
        );

    /// <summary>A body that breaks off at once.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("reset");

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            throw new IOException("reset");
    }
}
