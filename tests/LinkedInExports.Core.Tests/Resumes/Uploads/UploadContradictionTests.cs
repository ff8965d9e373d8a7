using System.Net;
using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Uploads;

/// <summary>Contradictions of the documentation about uploads: which side the module takes.</summary>
public sealed class UploadContradictionTests
{
    [Fact]
    public async Task MediaUrl_UsageField_IsNamedUsageParameters()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(1));
        Assert.StartsWith(
            """{"usageParameters":{"tcrmResumeParameters":{}},""",
            Encoding.UTF8.GetString(Assert.Single(fixture.Links).Body),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task MediaUrl_RetentionPeriod_IsOmittedOrSent()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(1), fixture.Options(ledger: fixture.Folder.File("a")));
        await fixture.SyncAsync(
            fixture.Inputs(1),
            fixture.Options(ledger: fixture.Folder.File("b"), retainFor: TimeSpan.FromHours(72))
        );
        Assert.Equal(
            [null, TimeSpan.FromHours(72)],
            fixture.Emulator.Blobs.OrderBy(blob => blob.UploadedAt).Select(blob => blob.ExpiresAt - blob.UploadedAt)
        );
    }

    [Theory]
    [InlineData(UploadUrlHeader.XLinkedInId)]
    [InlineData(UploadUrlHeader.XRestLiId)]
    [InlineData(UploadUrlHeader.LocationOnly)]
    public async Task MediaUrl_LinkInAnyOfThreeHeaders_IsFound(UploadUrlHeader header)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(
            new EmulatorOptions { UploadUrlHeader = header }
        );
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await fixture.SyncAsync(fixture.Inputs(1))).Outcome);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Created)]
    [InlineData(HttpStatusCode.Accepted)]
    public async Task MediaUrl_AnySuccessWithLink_IsAccepted(HttpStatusCode status)
    {
        (string[] requests, RecordingOutput recorder) = await UploadAsync(
            "https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ",
            status
        );
        Assert.Equal(
            "urn:li:ambryBlob:/AAYexample.txt",
            Assert.IsType<UploadedResume>(Assert.Single(recorder.Outputs)).ResumeFile
        );
        Assert.Equal(2, requests.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("148")]
    [InlineData("/ambry/?x-li-ambry-ep=AQ")]
    public async Task MediaUrl_SuccessWithoutLink_ReportsUnexpectedResponse(string link)
    {
        (string[] requests, RecordingOutput recorder) = await UploadAsync(link, HttpStatusCode.Created);
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, Assert.Single(recorder.Errors).Id);
        Assert.Single(requests);
    }

    [Theory]
    [InlineData("a.txt", "text/plain")]
    [InlineData("a.PDF", "application/pdf")]
    [InlineData("a.doc", "application/msword")]
    public async Task UploadAsync_ContentType_IsTypeOfFile(string name, string type)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string path = fixture.Write(name);
        if (type == "application/msword")
            await File.WriteAllBytesAsync(path, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]);
        await fixture.SyncAsync([ResumeSyncFixture.Input("1", path)]);
        EmulatedBlob blob = Assert.Single(fixture.Emulator.Blobs);
        Assert.Equal((type, type), (blob.DeclaredType, blob.SentType));
    }

    [Fact]
    public async Task UploadAsync_Token_IsSentToStorageHostOnly()
    {
        (string[] allowed, _) = await UploadAsync("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ");
        Assert.Equal("www.linkedin.com Bearer token", allowed[1]);

        (string[] refused, RecordingOutput recorder) = await UploadAsync(
            "https://www.linkedin.com.example/ambry/?x-li-ambry-ep=AQSECRET"
        );
        Assert.Single(refused);
        Assert.Equal(LinkedInErrorId.AddressNotAllowed, Assert.Single(recorder.Errors).Id);
        Assert.DoesNotContain("SECRET", recorder.GetAllText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SyncAsync_Docx_IsRejectedWithAdvice()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeSyncResult result = Assert.Single(
            await fixture.SyncAsync([ResumeSyncFixture.Input("1", fixture.Folder.Write("a.docx", "PK\x03\x04"))])
        );
        Assert.Equal(ResumeSyncOutcome.Rejected, result.Outcome);
        Assert.Contains("save it as PDF or DOC", result.Reason, StringComparison.Ordinal);
        Assert.Equal(LinkedInErrorId.UnsupportedResumeFile, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.Empty(fixture.Emulator.Requests);
    }

    /// <summary>Uploads a file with the given link.</summary>
    /// <returns>The host and token of each request, and the recorded output.</returns>
    private static async Task<(string[] Requests, RecordingOutput Heard)> UploadAsync(
        string link,
        HttpStatusCode status = HttpStatusCode.Created
    )
    {
        using var folder = new TempFolder();
        var requests = new List<string>();
        using var network = new FakeHttpHandler(request =>
        {
            requests.Add($"{request.RequestUri!.Host} {request.Headers.Authorization}");
            var response = new HttpResponseMessage(status);
            response.Headers.TryAddWithoutValidation("Location", "/AAYexample.txt");
            response.Headers.TryAddWithoutValidation("x-linkedin-id", link);
            return response;
        });
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                HttpHandler = network,
                Retry = EmulatorFixture.FastRetry,
            }
        );
        var recorder = new RecordingOutput();
        var uploader = client.CandidateResumes.CreateUploader(RecruiterContractUrn.Parse(ResumeSyncFixture.Contract), null, 1);
        var input = new InputBuffer<string>();
        input.Add(folder.Write("a.txt", "text"));
        input.CompleteAdding();
        await uploader.UploadAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder);
        return ([.. requests], recorder);
    }
}
