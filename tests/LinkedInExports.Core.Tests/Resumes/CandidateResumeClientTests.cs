using System.Net;
using System.Text;
using System.Text.Json;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>
/// The requests and answers of the tutorial "Sync Candidate Resumes": what is sent is compared with the tutorial byte by
/// byte, what it shows as an answer is fed in.
/// </summary>
public sealed class CandidateResumeClientTests
{
    private const string SampleLink =
        "https://www.linkedin.com/ambry/?x-li-ambry-ep=IKNzqXRAxc1n6yCEaLQFyikjNuvufa9i6Ek2Or5V4RpUZu8AY9CRylnLjOWX6ABe05uiXOyr0rw6hvnNcDdJLEd1Kunfn...fdfr67h";

    private const string SampleLocation =
        "/hireMediaUrl/https%3A%2F%2Fwww.linkedin.com%2Fambry%2F%3Fx-li-ambry-ep=IKNzqXRAxc1n6yCEaLQFyikjNuvufa9i6Ek2Or5V4RpUZu8AY9CRylnLjOWX6ABe05uiXOyr0rw6hvnNcDdJLEd1Kunfn...fdfr67h";

    private const string SampleBlob = "/AAYUAgCvAAkAAQAAAAJFyLgwRkz_TmebRMrAixANdQ.txt";

    private const string SampleQuery =
        "ids%5B0%5D.tcrmCandidateId=tcrmCandidateId100&ids%5B0%5D.integrationContext=urn:li:organization:1234567890&ids%5B0%5D.dataProvider=PARTNER&ids%5B0%5D.tcrmResumeId=resumeid100&ids%5B1%5D.tcrmCandidateId=tcrmCandidateId200&ids%5B1%5D.integrationContext=urn:li:organization:1234567890&ids%5B1%5D.dataProvider=PARTNER&ids%5B1%5D.tcrmResumeId=resumeid200";

    private const string SampleBody = """
        {
        "entities": {
           "tcrmCandidateId=tcrmCandidateId100&dataProvider=PARTNER&integrationContext=urn:li:organization:1234567890&tcrmResumeId=resumeid100": {
            "resumeFile": "urn:li:ambryBlob:/AAYUAgCvAAkAAQAAAAJFyLgwRkz_TmebRMrAixANdQ.txt",
                "tcrmCreatedAt": 1670935153
            },
            "tcrmCandidateId=tcrmCandidateId200&dataProvider=PARTNER&integrationContext=urn:li:organization:1234567890&tcrmResumeId=resumeid200": {
            "resumeFile": "urn:li:ambryBlob:/AAYUAgCvAAkAAQAAAAJFyLgsRkz_TmebRMrAixxAjba1.txt",
                "tcrmCreatedAt": 1670935153
            }
           }
        }
        """;

    /// <summary>Of the update and of the deletion alike. The organization is not the one that was asked about.</summary>
    private const string SampleAnswer = """
        {
            "results": {
                "dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1000&tcrmCandidateId=tcrmCandidateId200&tcrmResumeId=resumeid200": {
                    "status": 204
                },
                "dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1000&tcrmCandidateId=tcrmCandidateId100&tcrmResumeId=resumeid100": {
                    "status": 204
                }
            },
            "errors": {}
        }
        """;

    private static readonly ResumeKey[] SampleKeys =
    [
        new(ResumeSyncFixture.Organization, "tcrmCandidateId100", "resumeid100"),
        new(ResumeSyncFixture.Organization, "tcrmCandidateId200", "resumeid200"),
    ];

    [Theory]
    [InlineData(
        null,
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:123456"}"""
    )]
    [InlineData(
        72,
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:123456","blobTtl":{"duration":72,"unit":"HOUR"}}"""
    )]
    public async Task MediaUrl_Request_MatchesSample(int? hours, string body)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        await bench.SyncAsync(
            bench.Inputs(1),
            bench.Options(retainFor: hours is { } kept ? (RetentionPeriod)TimeSpan.FromHours(kept) : null)
        );

        RecordedRequest request = Assert.Single(bench.Links);
        Assert.Equal(("POST", "/v2/hireMediaUrl"), (request.Method, request.RawTarget));
        Assert.Equal($"Bearer {bench.Emulator.AccessToken}", request.Header("Authorization"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal("2.0.0", request.Header("X-RestLi-Protocol-Version"));
        Assert.Equal(body, Encoding.UTF8.GetString(request.Body));
    }

    [Theory]
    [InlineData("x-linkedin-id", SampleLink)]
    [InlineData("X-RestLi-Id", SampleLink)]
    [InlineData(null, null)]
    public async Task MediaUrl_SampleResponse_LinkIsUsed(string? header, string? value)
    {
        // Its location has an equals sign that is not encoded, all else is.
        Uploading uploading = await UploadAsync(request =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.Created);
            bool isLink = request.RequestUri!.AbsolutePath.EndsWith("hireMediaUrl", StringComparison.Ordinal);
            response.Headers.TryAddWithoutValidation("location", isLink ? SampleLocation : SampleBlob);
            response.Headers.TryAddWithoutValidation("x-li-responseorigin", "RGW");
            response.Headers.TryAddWithoutValidation("date", "Thu, 17 Jun 2021 09:27:30 GMT");
            if (isLink && header is not null)
                response.Headers.TryAddWithoutValidation(header, value);
            return response;
        });
        Assert.Equal(
            ["POST /v2/hireMediaUrl", $"POST {new Uri(SampleLink).PathAndQuery}&x-ambry-filename=datafile.txt"],
            uploading.Requests
        );
    }

    [Fact]
    public async Task Upload_Request_MatchesSample()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        await bench.SyncAsync([ResumeSyncFixture.Input("1", bench.Write("datafile.txt", "Bytes of the file"))]);

        RecordedRequest request = Assert.Single(bench.Uploads);
        Assert.Equal("POST", request.Method);
        Assert.Matches(@"\A/ambry/\?x-li-ambry-ep=AQ[A-Za-z0-9_-]+&x-ambry-filename=datafile\.txt\z", request.RawTarget);
        Assert.Equal($"Bearer {bench.Emulator.AccessToken}", request.Header("Authorization"));
        Assert.Equal("Bytes of the file", Encoding.UTF8.GetString(request.Body));
        Assert.Equal(
            ["Authorization", "Content-Length", "Content-Type", "Host", "User-Agent"],
            request.Headers.Select(header => header.Key).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Upload_SampleLocation_BecomesResumeFile()
    {
        Uploading uploading = await UploadAsync(request =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.Created);
            response.Headers.TryAddWithoutValidation("cache-control", "no-cache, no-store");
            response.Headers.TryAddWithoutValidation("pragma", "no-cache");
            response.Headers.TryAddWithoutValidation("x-li-uuid", "HP2pABxWiRI1FsAisAAA==");
            response.Headers.TryAddWithoutValidation("location", SampleBlob);
            response.Headers.TryAddWithoutValidation("x-linkedin-id", SampleLink);
            return response;
        });
        Assert.Equal("urn:li:ambryBlob:/AAYUAgCvAAkAAQAAAAJFyLgwRkz_TmebRMrAixANdQ.txt", uploading.Result.ResumeFile);
    }

    [Fact]
    public async Task Update_Request_MatchesSample()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeSyncResult[] results = await bench.SyncAsync(SampleInputs(bench), bench.Options(throttle: 1));

        RecordedRequest request = Assert.Single(bench.Emulator.Requests);
        Assert.Equal("PUT", request.Method);
        Assert.Equal("batch_update", request.Header("x-restli-method"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal($"Bearer {bench.Emulator.AccessToken}", request.Header("Authorization"));

        string[] target = request.RawTarget.Split('?');
        Assert.Equal("/v2/tcrmCandidateResumes", target[0]);
        Assert.Equal(SampleQuery, target[1]);

        // The sample's times are in seconds, by mistake; apart from that the body is the sample's without its white space.
        string expected = SampleBody.Replace("1670935153", "1670935153000", StringComparison.Ordinal);
        Assert.Equal(
            string.Concat(expected.Where(character => !char.IsWhiteSpace(character))),
            Encoding.UTF8.GetString(request.Body)
        );
        Assert.All(results, result => Assert.Equal((ResumeSyncOutcome.Synced, 204), (result.Outcome, result.StatusCode)));
    }

    [Fact]
    public async Task Update_SampleResponse_IsParsed()
    {
        ResumeSyncResult[] results = await AnswerAsync(
            SampleAnswer.Replace("%3A1000", "%3A1234567890", StringComparison.Ordinal)
        );
        Assert.All(
            results,
            result => Assert.Equal((ResumeSyncOutcome.Synced, 204, null), (result.Outcome, result.StatusCode, result.Reason))
        );
    }

    [Fact]
    public async Task Delete_Request_MatchesSample()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        await bench.SyncAsync(SampleInputs(bench));
        ResumeSyncResult[] results = await bench.RemoveAsync(SampleKeys);

        RecordedRequest request = bench.Emulator.Requests[^1];
        Assert.Equal("DELETE", request.Method);
        Assert.Equal("1.0.0", request.Header("X-RestLi-Protocol-Version"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal($"Bearer {bench.Emulator.AccessToken}", request.Header("Authorization"));
        Assert.Empty(request.Body);
        Assert.Equal($"/v2/tcrmCandidateResumes?{SampleQuery}", request.RawTarget);
        Assert.All(results, result => Assert.Equal((ResumeSyncOutcome.Removed, 204), (result.Outcome, result.StatusCode)));
        Assert.Empty(bench.Emulator.Resumes);
    }

    [Fact]
    public async Task RunAsync_ResponseForOtherOrganization_IsItsOwnErrorAndNoSuccess()
    {
        var heard = new RecordingOutput();
        ResumeSyncResult[] results = await AnswerAsync(SampleAnswer, heard);
        Assert.All(
            results,
            result =>
            {
                Assert.Equal((ResumeSyncOutcome.Failed, null), (result.Outcome, result.StatusCode));
                Assert.Equal(
                    "LinkedIn answered for urn:li:organization:1000 instead of urn:li:organization:1234567890.",
                    result.Reason
                );
            }
        );
        Assert.Equal(2, heard.Errors.Count(error => error.Id == LinkedInErrorId.OrganizationMismatch));
        Assert.Empty(heard.Warnings);
    }

    [Fact]
    public async Task RemoveAsync_ResponseForOtherOrganization_IsItsOwnErrorAndNoSuccess()
    {
        using var network = new FakeHttpHandler(_ => FakeHttpHandler.Json(SampleAnswer));
        using LinkedInClient client = Connect(network);
        var heard = new RecordingOutput();
        await client.CandidateResumes.RemoveAsync(SampleKeys, null, heard, CancellationToken.None).RecordAsync(heard);

        Assert.Equal(
            [ResumeSyncOutcome.Failed, ResumeSyncOutcome.Failed],
            heard.Outputs.Cast<ResumeSyncResult>().Select(result => result.Outcome)
        );
        Assert.Equal(2, heard.Errors.Count(error => error.Id == LinkedInErrorId.OrganizationMismatch));
        Assert.Empty(heard.Warnings);
    }

    [Fact]
    public void Samples_Text_IsJson()
    {
        Assert.Equal(2, JsonDocument.Parse(SampleBody).RootElement.GetProperty("entities").EnumerateObject().Count());
        Assert.Equal(2, JsonDocument.Parse(SampleAnswer).RootElement.GetProperty("results").EnumerateObject().Count());
    }

    private static IEnumerable<ResumeInput> SampleInputs(ResumeSyncFixture bench) =>
        SampleInputs(bench.AddBlob(SampleBlob), bench.AddBlob("/AAYUAgCvAAkAAQAAAAJFyLgsRkz_TmebRMrAixxAjba1.txt"));

    private static IEnumerable<ResumeInput> SampleInputs(params string[] files) =>
        SampleKeys.Zip(
            files,
            (key, file) =>
                new ResumeInput
                {
                    CandidateId = key.CandidateId,
                    ResumeId = key.ResumeId,
                    CreatedAt = 1670935153000,
                    ResumeFile = file,
                }
        );

    private static LinkedInClient Connect(FakeHttpHandler network) =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                HttpHandler = network,
                Retry = EmulatorFixture.FastRetry,
            }
        );

    /// <summary>Uploads <c>datafile.txt</c> to a network.</summary>
    private static async Task<Uploading> UploadAsync(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var folder = new TempFolder();
        using var network = new FakeHttpHandler(answer);
        var heard = new RecordingOutput();
        using LinkedInClient client = Connect(network);
        var uploader = client.CandidateResumes.CreateUploader(RecruiterContractUrn.Parse(ResumeSyncFixture.Contract), null, 1);
        var input = new InputBuffer<string>();
        input.Add(folder.Write("datafile.txt", "Bytes of the file"));
        input.CompleteAdding();
        await uploader.UploadAsync(input.ReadAllAsync(), heard, CancellationToken.None).RecordAsync(heard);
        Assert.Empty(heard.Errors);
        return new Uploading(
            [.. network.Requests.Select(request => request.Line)],
            Assert.IsType<UploadedResume>(Assert.Single(heard.Outputs))
        );
    }

    /// <summary>What becomes of the sample's records when LinkedIn answers that.</summary>
    private static async Task<ResumeSyncResult[]> AnswerAsync(string json, RecordingOutput? heard = null)
    {
        heard ??= new RecordingOutput();
        using var network = new FakeHttpHandler(_ => FakeHttpHandler.Json(json));
        using LinkedInClient client = Connect(network);
        using ResumeSync sync = client.CandidateResumes.CreateSync(
            new ResumeSyncOptions { IntegrationContext = OrganizationUrn.Parse("1234567890") }
        );
        foreach (ResumeInput input in SampleInputs("urn:li:ambryBlob:/a.txt", "urn:li:ambryBlob:/b.txt"))
            sync.Add(input);
        await sync.SyncAsync(heard, CancellationToken.None).RecordAsync(heard);
        return [.. heard.Outputs.Cast<ResumeSyncResult>()];
    }

    private sealed record Uploading(string[] Requests, UploadedResume Result);
}
