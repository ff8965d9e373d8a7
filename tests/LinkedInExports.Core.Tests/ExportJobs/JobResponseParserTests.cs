using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>The ID of a new job in the body or in a header, and the values of jobs.</summary>
public sealed class JobResponseParserTests
{
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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                FirstAnalyticsJobId = 3_000_000_000,
                Behavior = new EmulatorBehavior { AnalyticsJobId = place },
            }
        );
        SalesAnalyticsExportJob job = await fixture.Client.SalesAnalytics.CreateAsync(
            ExportType.Seat,
            ContractUrn.Parse(Contract),
            Month,
            fixture.Recorder,
            CancellationToken.None
        );
        Assert.Equal((3_000_000_000, Month.StartAt, Month.EndAt), (job.JobId, job.StartAt, job.EndAt));
    }

    [Fact]
    public async Task SalesAnalytics_IdNowhereInTheResponse_WarnsThatAJobMayExist()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { Behavior = new EmulatorBehavior { AnalyticsJobId = JobIdPlace.Nowhere } }
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.Client.SalesAnalytics.CreateAsync(
                ExportType.Seat,
                ContractUrn.Parse(Contract),
                Month,
                fixture.Recorder,
                CancellationToken.None
            )
        );
        Assert.Equal((LinkedInErrorId.JobIdMissing, Contract, false), (error.Id, error.Target, error.IsNotProcessed));
        Assert.Contains("may exist", error.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Emulator.Requests);
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
        using LinkedInClient client = new FakeHttpHandler(_ => FakeHttpHandler.Json(json)).Connect();
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
        using LinkedInClient client = new FakeHttpHandler(_ =>
        {
            requests++;
            return FakeHttpHandler.Json(body);
        }).Connect();
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
        using LinkedInClient client = new FakeHttpHandler(_ =>
        {
            var response = new HttpResponseMessage(System.Net.HttpStatusCode.OK)
            {
                Content = new StreamContent(new BrokenStream()),
            };
            response.Headers.Add("X-RestLi-Id", "148");
            return response;
        }).Connect();
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
        using LinkedInClient client = new FakeHttpHandler(_ => new HttpResponseMessage(System.Net.HttpStatusCode.OK)
        {
            Content = new StreamContent(new BrokenStream()),
        }).Connect();
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

    [Theory]
    [InlineData(-62_135_596_800_000, 1)]
    [InlineData(0, 1970)]
    [InlineData(253_402_300_799_999, 9999)]
    public void ParseTime_WithinTheCalendar_ReturnsTheTime(long milliseconds, int year) =>
        Assert.Equal(year, JobResponseParser.ParseTime(milliseconds, Request)?.Year);

    [Theory]
    [InlineData(-62_135_596_800_001)]
    [InlineData(253_402_300_800_000)]
    [InlineData(long.MaxValue)]
    public void ParseTime_OutsideTheCalendar_Throws(long milliseconds) =>
        Assert.Equal(
            LinkedInErrorId.UnexpectedResponse,
            Assert.Throws<LinkedInException>(() => JobResponseParser.ParseTime(milliseconds, Request)).Id
        );

    [Fact]
    public void ParseTime_Null_ReturnsNull() => Assert.Null(JobResponseParser.ParseTime(null, Request));

    [Fact]
    public void ParseDownloadUrls_WebAddresses_ReturnsThemInOrder() =>
        Assert.Equal(
            ["https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ", "http://127.0.0.1:5005/ambry/?b"],
            JobResponseParser
                .ParseDownloadUrls(
                    ["https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ", "http://127.0.0.1:5005/ambry/?b"],
                    null,
                    Request
                )
                .Select(url => url.GetUri().OriginalString)
        );

    [Theory]
    [InlineData("")]
    [InlineData("/ambry/?AQSECRET")]
    [InlineData("ftp://www.linkedin.com/AQSECRET")]
    [InlineData("file:///AQSECRET")]
    [InlineData("javascript:AQSECRET")]
    public void ParseDownloadUrls_OtherText_ThrowsWithoutQuotingIt(string text)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            JobResponseParser.ParseDownloadUrls(["https://www.linkedin.com/ambry/?a", text], null, Request)
        );
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, error.Id);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
    }

    private static LinkedInRequest Request { get; } =
        new()
        {
            Description = "get the job",
            Method = HttpMethod.Get,
            RequestUri = new Uri("https://api.linkedin.com/v2/"),
        };

    /// <summary>A body that fails at the first read.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("reset");

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            throw new IOException("reset");
    }
}
