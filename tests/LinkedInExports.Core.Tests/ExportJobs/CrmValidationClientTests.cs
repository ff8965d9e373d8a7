using System.Net;
using System.Text;
using System.Text.Json;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>
/// The requests and responses of the tutorial "Exporting CRM Data Validation" and of the JSON structure
/// CrmDataValidationExportJob. Requests are compared with the tutorial byte by byte.
/// </summary>
public sealed class CrmValidationClientTests
{
    private const string CompletedJob = """
        {
          "jobId": 148,
          "exportStartAt": 1538947151337,
          "exportEndAt": 1541539151570,
          "downloadUrls": ["https://www.linkedin.com/ambry/?x-li-ambry-ep=AQFVMzGy8qJVMQAAAWbwbeHrHZG5mJkIDr2xq_Z3znIfOzp1FvApV-oL3Jd0ck"],
          "nextExportStartAt": 1538947151337,
          "expireAt": 1541635625000,
          "status": "COMPLETED"
        }
        """;

    private const string EncodedCrm = "urn%3Ali%3AcrmInstance%3A%28DYNAMICS%2C0b7c1f52-1111-4222-8333-944455556666%29";

    [Fact]
    public async Task Create_Request_MatchesTutorial()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        await fixture.CreateAsync();

        RecordedRequest request = Assert.Single(fixture.Emulator.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal($"/v2/crmDataValidationExportJobs?crmInstanceId={EncodedCrm}", request.RawTarget);
        Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", request.Header("Authorization"));
        Assert.Equal("2.0.0", request.Header("x-restli-protocol-version"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal("""{"exportStartAt":1533772800000}""", Encoding.UTF8.GetString(request.Body));
    }

    [Fact]
    public async Task Create_TutorialResponse_IsParsed()
    {
        CrmValidationExportJob job = await AnswerAsync(
            client =>
                client.CrmValidation.CreateAsync(
                    EmulatorFixture.CrmInstance,
                    EmulatorFixture.Start,
                    new RecordingOutput(),
                    CancellationToken.None
                ),
            _ =>
            {
                var response = new HttpResponseMessage(HttpStatusCode.Created);
                response.Headers.Add("Location", "/crmDataValidationExportJobs/148");
                response.Headers.Add("X-RestLi-Id", "148");
                response.Headers.Add("X-RestLi-Protocol-Version", "2.0.0");
                response.Headers.Add("Date", "Tue, 06 Nov 2018 21:19:13 GMT");
                return response;
            }
        );

        Assert.Equal(148, job.JobId);
        Assert.Equal(EmulatorFixture.Crm, job.CrmInstanceId);
        Assert.Equal(1533772800000, job.ExportStartAt.ToUnixTimeMilliseconds());
        Assert.Equal(new DateTimeOffset(2018, 11, 6, 21, 19, 13, TimeSpan.Zero), job.CreatedAt);
        Assert.Null(job.Status);
        Assert.Equal(ExportJobState.Running, job.State);
    }

    [Fact]
    public async Task Get_Request_MatchesTutorial()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        await fixture.CreateAsync();
        await fixture.Client.CrmValidation.GetAsync(148, EmulatorFixture.CrmInstance, fixture.Recorder, CancellationToken.None);

        RecordedRequest request = fixture.Emulator.Requests[^1];
        Assert.Equal("GET", request.Method);
        Assert.Equal($"/v2/crmDataValidationExportJobs/148?crmInstanceId={EncodedCrm}", request.RawTarget);
        Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", request.Header("Authorization"));
        Assert.Equal("2.0.0", request.Header("x-restli-protocol-version"));
        Assert.Empty(request.Body);
    }

    [Fact]
    public async Task Get_TutorialResponse_IsParsed()
    {
        CrmValidationExportJob job = await GetAsync(148, CompletedJob);

        Assert.Equal(148, job.JobId);
        Assert.Equal("COMPLETED", job.Status);
        Assert.Equal(ExportJobState.Completed, job.State);
        Assert.Equal(1538947151337, job.ExportStartAt.ToUnixTimeMilliseconds());
        Assert.Equal(1541539151570, job.ExportEndAt?.ToUnixTimeMilliseconds());
        Assert.Equal(1538947151337, job.NextExportStartAt?.ToUnixTimeMilliseconds());
        Assert.Equal(1541635625000, job.ExpireAt?.ToUnixTimeMilliseconds());
        Assert.Equal(
            ["https://www.linkedin.com/ambry/?x-li-ambry-ep=AQFVMzGy8qJVMQAAAWbwbeHrHZG5mJkIDr2xq_Z3znIfOzp1FvApV-oL3Jd0ck"],
            job.DownloadUrls.Select(url => url.GetUri().OriginalString)
        );
    }

    [Fact]
    public async Task Download_Request_MatchesTutorial()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        await fixture.SaveAsync(job, throttle: 1);

        RecordedRequest[] downloads =
        [
            .. fixture.Emulator.Requests.Where(request => request.RawTarget.StartsWith("/ambry/", StringComparison.Ordinal)),
        ];
        Assert.Equal(job.DownloadUrls.Select(url => url.GetUri().PathAndQuery), downloads.Select(request => request.RawTarget));
        Assert.All(
            downloads,
            request =>
            {
                Assert.Equal("GET", request.Method);
                Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", request.Header("Authorization"));
                Assert.Equal("2.0.0", request.Header("x-restli-protocol-version"));
                Assert.Null(request.Header("Accept-Encoding"));
            }
        );
    }

    [Theory]
    [InlineData("PROCESSING", ExportJobState.Running)]
    [InlineData("COMPLETED", ExportJobState.Completed)]
    [InlineData("FAILED_DUE_TO_INTERNAL_ERROR", ExportJobState.Failed)]
    [InlineData("FAILED_DUE_TO_SOMETHING_NEW", ExportJobState.Failed)]
    [InlineData("VALIDATING", ExportJobState.Running)]
    public async Task Get_AnyStatus_IsKept(string status, ExportJobState state)
    {
        CrmValidationExportJob job = await GetAsync(
            123456789,
            $$"""
            {"jobId":123456789,"exportStartAt":1640000000000,"exportEndAt":1640001000000,"status":"{{status}}",
             "downloadUrls":["https://media.licdn.com/crm-validation/export_1.csv","https://media.licdn.com/crm-validation/export_2.csv"],
             "nextExportStartAt":1640001000000,"expireAt":1640100000000}
            """
        );
        Assert.Equal((status, state), (job.Status, job.State));
        Assert.Equal(2, job.DownloadUrls.Count);
    }

    [Theory]
    [InlineData("""{"jobId":148,"exportStartAt":1,"status":"PROCESSING"}""")]
    [InlineData(
        """{"jobId":148,"exportStartAt":1,"status":"PROCESSING","exportEndAt":null,"downloadUrls":null,"nextExportStartAt":null,"expireAt":null}"""
    )]
    [InlineData("""{"jobId":"148","exportStartAt":"1","status":"PROCESSING","somethingNew":{"a":[1]}}""")]
    [InlineData("""{"status":"PROCESSING","exportStartAt":1}""")]
    public async Task Get_NullMissingAndUnknownFields_AreAccepted(string json)
    {
        CrmValidationExportJob job = await GetAsync(148, json);
        Assert.Equal(148, job.JobId);
        Assert.Null(job.ExportEndAt);
        Assert.Empty(job.DownloadUrls);
    }

    [Theory]
    [InlineData("""{"jobId":148,"status":"COMPLETED","downloadUrl":"https://www.linkedin.com/ambry/?a"}""")]
    [InlineData("""{"jobId":148,"status":"COMPLETED","downloadURL":"https://www.linkedin.com/ambry/?a"}""")]
    [InlineData("""{"jobId":148,"status":"COMPLETED","DownloadUrls":["https://www.linkedin.com/ambry/?a"]}""")]
    [InlineData("""{"jobId":148,"status":"COMPLETED","downloadUrls":[],"downloadUrl":"https://www.linkedin.com/ambry/?a"}""")]
    public async Task Get_LinkSpellings_AreParsed(string json) =>
        Assert.Equal(
            "https://www.linkedin.com/ambry/?a",
            Assert.Single((await GetAsync(148, json)).DownloadUrls).GetUri().OriginalString
        );

    [Theory]
    [InlineData("", "not the JSON")]
    [InlineData("null", "empty")]
    [InlineData("[]", "not the JSON")]
    [InlineData("""{"jobId":148,"status":"COMPLETED","downloadUrls":["/ambry/?x-li-ambry-ep=AQSECRET"]}""", "not a web address")]
    [InlineData(
        """{"jobId":148,"status":"COMPLETED","downloadUrls":"https://www.linkedin.com/ambry/?x-li-ambry-ep=AQSECRET"}""",
        "not the JSON"
    )]
    [InlineData("""{"jobId":149,"status":"COMPLETED"}""", "job 149")]
    [InlineData("""{"jobId":148}""", "no status")]
    [InlineData("""{"jobId":148,"status":"COMPLETED","expireAt":9223372036854775807}""", "out of range")]
    public async Task Get_InvalidResponse_ThrowsUnexpectedResponse(string json, string why)
    {
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => GetAsync(148, json));
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, error.Id);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_Text_IsJson() => Assert.Equal(7, JsonDocument.Parse(CompletedJob).RootElement.EnumerateObject().Count());

    private static Task<CrmValidationExportJob> GetAsync(long id, string json) =>
        AnswerAsync(
            client =>
                client.CrmValidation.GetAsync(id, EmulatorFixture.CrmInstance, new RecordingOutput(), CancellationToken.None),
            _ => FakeHttpHandler.Json(json)
        );

    private static async Task<CrmValidationExportJob> AnswerAsync(
        Func<LinkedInClient, Task<CrmValidationExportJob>> ask,
        Func<HttpRequestMessage, HttpResponseMessage> answer
    )
    {
        using var network = new FakeHttpHandler(answer);
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                HttpHandler = network,
                Retry = EmulatorFixture.FastRetry,
            }
        );
        return await ask(client);
    }
}
