using System.Net;
using System.Text;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Core.Tests.Resumes.Uploads;

/// <summary>The requests and responses of uploads in the tutorial "Sync Candidate Resumes".</summary>
public sealed class ResumeUploadClientTests
{
    private const string SampleLink =
        "https://www.linkedin.com/ambry/?x-li-ambry-ep=IKNzqXRAxc1n6yCEaLQFyikjNuvufa9i6Ek2Or5V4RpUZu8AY9CRylnLjOWX6ABe05uiXOyr0rw6hvnNcDdJLEd1Kunfn...fdfr67h";

    private const string SampleLocation =
        "/hireMediaUrl/https%3A%2F%2Fwww.linkedin.com%2Fambry%2F%3Fx-li-ambry-ep=IKNzqXRAxc1n6yCEaLQFyikjNuvufa9i6Ek2Or5V4RpUZu8AY9CRylnLjOWX6ABe05uiXOyr0rw6hvnNcDdJLEd1Kunfn...fdfr67h";

    private const string SampleBlob = "/AAYUAgCvAAkAAQAAAAJFyLgwRkz_TmebRMrAixANdQ.txt";

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
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(
            fixture.Inputs(1),
            fixture.Options(retainFor: hours is { } kept ? (RetentionPeriod)TimeSpan.FromHours(kept) : null)
        );

        RecordedRequest request = Assert.Single(fixture.Links);
        Assert.Equal(("POST", "/v2/hireMediaUrl"), (request.Method, request.RawTarget));
        Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", request.Header("Authorization"));
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
        // The equals sign in the location is not encoded; all other characters are.
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
    public async Task UploadAsync_Request_MatchesSample()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync([ResumeSyncFixture.Input("1", fixture.Write("datafile.txt", "Bytes of the file"))]);

        RecordedRequest request = Assert.Single(fixture.Uploads);
        Assert.Equal("POST", request.Method);
        Assert.Matches(@"\A/ambry/\?x-li-ambry-ep=AQ[A-Za-z0-9_-]+&x-ambry-filename=datafile\.txt\z", request.RawTarget);
        Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", request.Header("Authorization"));
        Assert.Equal("Bytes of the file", Encoding.UTF8.GetString(request.Body));
        Assert.Equal(
            ["Authorization", "Content-Length", "Content-Type", "Host", "User-Agent"],
            request.Headers.Select(header => header.Key).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task UploadAsync_SampleLocation_BecomesResumeFile()
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

    /// <summary>Uploads <c>datafile.txt</c> to a network.</summary>
    private static async Task<Uploading> UploadAsync(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var folder = new TempFolder();
        using var network = new FakeHttpHandler(answer);
        var recorder = new RecordingOutput();
        using LinkedInClient client = network.Connect();
        var uploader = client.CandidateResumes.CreateUploader(RecruiterContractUrn.Parse(ResumeSyncFixture.Contract), null, 1);
        var input = new InputBuffer<string>();
        input.Add(folder.Write("datafile.txt", "Bytes of the file"));
        input.CompleteAdding();
        await uploader.UploadAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder);
        Assert.Empty(recorder.Errors);
        return new Uploading(
            [.. network.Requests.Select(request => request.Line)],
            Assert.IsType<UploadedResume>(Assert.Single(recorder.Outputs))
        );
    }

    private sealed record Uploading(string[] Requests, UploadedResume Result);
}
