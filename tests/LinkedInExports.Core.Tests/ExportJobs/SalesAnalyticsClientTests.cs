using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>
/// The requests and responses of the tutorial "Exporting User Activity" and of the JSON structure SalesAnalyticsExportJob.
/// </summary>
public sealed class SalesAnalyticsClientTests
{
    private const string Contract = "urn:li:contract:7001";

    private static readonly Period TutorialPeriod = new(
        DateTimeOffset.FromUnixTimeMilliseconds(1538432171000),
        DateTimeOffset.FromUnixTimeMilliseconds(1538518571000)
    );

    [Fact]
    public async Task ListContracts_Request_MatchesTutorial()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        await fixture
            .Client.SalesContracts.ListAsync(reportingOnly: false, fixture.Recorder, CancellationToken.None)
            .RecordAsync(fixture.Recorder);
        RecordedRequest request = fixture.Emulator.Requests[0];
        Assert.Equal(("GET", "/v2/salesContracts?q=contractsByMember"), (request.Method, request.RawTarget));
        Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", request.Header("Authorization"));
        Assert.Equal("2.0.0", request.Header("X-Restli-Protocol-Version"));
    }

    [Theory]
    [InlineData(ExportType.Activity, "exportActivityData")]
    [InlineData(ExportType.Seat, "exportSeatData")]
    [InlineData(ExportType.ActivityOutcome, "exportActivityOutcomeData")]
    public async Task Create_Request_MatchesTutorial(ExportType exportType, string action)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        SalesAnalyticsExportJob job = await fixture.Client.SalesAnalytics.CreateAsync(
            exportType,
            ContractUrn.Parse("7001"),
            TutorialPeriod,
            fixture.Recorder,
            CancellationToken.None
        );

        RecordedRequest request = Assert.Single(fixture.Emulator.Requests);
        Assert.Equal(("POST", $"/v2/salesAnalyticsExportJobs?action={action}"), (request.Method, request.RawTarget));
        Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", request.Header("Authorization"));
        Assert.Equal("2.0.0", request.Header("X-Restli-Protocol-Version"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal(
            """{"startAt":1538432171000,"endAt":1538518571000,"contract":"urn:li:contract:7001"}""",
            Encoding.UTF8.GetString(request.Body)
        );
        Assert.Equal(
            (100004L, (ExportType?)exportType, Contract, "ENQUEUED"),
            (job.JobId, job.ExportType, job.Contract, job.Status)
        );
        Assert.Equal(TutorialPeriod, new Period(job.StartAt!.Value, job.EndAt!.Value));
    }

    [Fact]
    public async Task GetAndDownload_Requests_MatchTutorial()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        SalesAnalyticsExportJob job = await fixture.Client.SalesAnalytics.CreateAsync(
            ExportType.Activity,
            ContractUrn.Parse(Contract),
            TutorialPeriod,
            fixture.Recorder,
            CancellationToken.None
        );
        await fixture.SaveAsync(job);

        RecordedRequest status = fixture.Emulator.Requests[1];
        Assert.Equal(
            ("GET", "/v2/salesAnalyticsExportJobs/100004?contract=urn%3Ali%3Acontract%3A7001"),
            (status.Method, status.RawTarget)
        );
        RecordedRequest download = fixture.Emulator.Requests[2];
        Assert.StartsWith("/ambry/?x-li-ambry-ep=", download.RawTarget, StringComparison.Ordinal);
        Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", download.Header("Authorization"));
        Assert.Equal("2.0.0", download.Header("x-restli-protocol-version"));
    }

    [Theory]
    [InlineData("ENQUEUED", ExportJobState.Running)]
    [InlineData("PROCESSING", ExportJobState.Running)]
    [InlineData("COMPLETED", ExportJobState.Completed)]
    [InlineData("FAILED_DUE_TO_EXCEEDED_FILE_SIZE_ERROR", ExportJobState.Failed)]
    [InlineData("FAILED_DUE_TO_TIMED_OUT", ExportJobState.Failed)]
    [InlineData("FAILED_DUE_TO_DATA_DELAY", ExportJobState.Failed)]
    [InlineData("FAILED_DUE_TO_INTERNAL_ERROR", ExportJobState.Failed)]
    [InlineData("SOMETHING_NEW", ExportJobState.Running)]
    public async Task Get_AnyStatus_IsKept(string status, ExportJobState state)
    {
        SalesAnalyticsExportJob job = await GetAsync(
            987654321,
            $$"""{"id":987654321,"status":"{{status}}","downloadUrl":"https://media.licdn.com/exports/analytics_123.csv","expireAt":1640200000,"rowCount":5000}"""
        );
        Assert.Equal((status, state, 5000L), (job.Status, job.State, job.RowCount));
        Assert.Equal(
            "https://media.licdn.com/exports/analytics_123.csv",
            Assert.Single(job.DownloadUrls).GetUri().OriginalString
        );
        Assert.Equal(1640200000, job.ExpireAt!.Value.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData(
        """{"id":3000000000,"status":"COMPLETED","downloadUrl":"https://www.linkedin.com/ambry/?a","expireAt":1536102969282,"rowCount":5000000000}"""
    )]
    [InlineData(
        """{"value":{"id":3000000000,"status":"COMPLETED","downloadURL":"https://www.linkedin.com/ambry/?a","expireAt":1536102969282,"rowCount":5000000000}}"""
    )]
    [InlineData(
        """{"value":{"id":"3000000000","status":"COMPLETED","downloadUrls":["https://www.linkedin.com/ambry/?a"],"expireAt":"1536102969282","rowCount":"5000000000","new":1}}"""
    )]
    public async Task Get_BareOrWrappedResponseWith64BitNumbers_IsParsed(string json)
    {
        SalesAnalyticsExportJob job = await GetAsync(3000000000, json);
        Assert.Equal((3000000000, 5000000000), (job.JobId, job.RowCount));
        Assert.Equal(1536102969282, job.ExpireAt!.Value.ToUnixTimeMilliseconds());
        Assert.Single(job.DownloadUrls);
    }

    [Theory]
    [InlineData("""{"id":1,"status":"ENQUEUED"}""")]
    [InlineData("""{"id":1,"status":"ENQUEUED","downloadUrl":null,"expireAt":null,"rowCount":null}""")]
    public async Task Get_MissingFields_AreAccepted(string json)
    {
        SalesAnalyticsExportJob job = await GetAsync(1, json);
        Assert.Null(job.RowCount);
        Assert.Empty(job.DownloadUrls);
    }

    [Theory]
    [InlineData("""["https://www.linkedin.com/ambry/?a","https://www.linkedin.com/ambry/?b"]""", "?a?b")]
    [InlineData("[]", "?a")]
    public async Task Get_ListAndSingleLink_PrefersTheList(string list, string queries)
    {
        SalesAnalyticsExportJob job = await GetAsync(
            1,
            $$"""{"id":1,"status":"COMPLETED","downloadUrl":"https://www.linkedin.com/ambry/?a","downloadUrls":{{list}}}"""
        );
        Assert.Equal(queries, string.Concat(job.DownloadUrls.Select(url => url.GetUri().Query)));
    }

    [Fact]
    public async Task Create_BareActionResponse_IsParsed()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                BareActionAnswer = true,
                ActionStatusCode = 201,
                FirstAnalyticsJobId = 5_000_000_000,
            }
        );
        Assert.Equal(
            5_000_000_000,
            (
                await fixture.Client.SalesAnalytics.CreateAsync(
                    ExportType.Seat,
                    ContractUrn.Parse(Contract),
                    TutorialPeriod,
                    fixture.Recorder,
                    CancellationToken.None
                )
            ).JobId
        );
    }

    private static async Task<SalesAnalyticsExportJob> GetAsync(long id, string json)
    {
        using var network = new FakeHttpHandler(_ => FakeHttpHandler.Json(json));
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                HttpHandler = network,
                Retry = EmulatorFixture.FastRetry,
            }
        );
        return await client.SalesAnalytics.GetAsync(
            new SalesAnalyticsExportJob(null) { JobId = id, Contract = Contract },
            new RecordingOutput(),
            CancellationToken.None
        );
    }
}
