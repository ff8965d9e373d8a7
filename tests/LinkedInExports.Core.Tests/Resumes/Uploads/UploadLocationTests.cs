using System.Net;
using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Uploads;

/// <summary>The links and locations of uploads as LinkedIn returns them.</summary>
public sealed class UploadLocationTests
{
    [Theory]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, addresses are normalized.
    [InlineData("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ%2b%7E%41'(x)!*,;:@/?&b=%20", "&")]
    [InlineData("https://www.linkedin.com/ambry/AQpath%2F..%2F%41", "?")]
    public async Task UploadAsync_LinkWithEscapes_IsSentVerbatim(string link, string separator)
    {
        string? sent = null;
        using var network = new FakeHttpHandler(request =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.Created);
            response.Headers.TryAddWithoutValidation("x-linkedin-id", link);
            response.Headers.TryAddWithoutValidation("Location", "/AAY.txt");
            sent = request.RequestUri!.GetLeftPart(UriPartial.Authority) + request.RequestUri.PathAndQuery;
            return response;
        });
        using var client = new LinkedInClient(
            new LinkedInClientOptions { AccessToken = new StaticTokenSource("t"), HttpHandler = network }
        );
        using var folder = new TempFolder();
        var uploader = client.CandidateResumes.CreateUploader(RecruiterContractUrn.Parse("1"), null, 1);
        var input = new InputBuffer<string>();
        input.Add(folder.Write("a.txt", "a"));
        input.CompleteAdding();
        await uploader
            .UploadAsync(input.ReadAllAsync(), new RecordingOutput(), CancellationToken.None)
            .RecordAsync(new RecordingOutput());
        Assert.Equal($"{link}{separator}x-ambry-filename=a.txt", sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAY.txt")]
    [InlineData("/")]
    [InlineData("https://example.com/a.txt")]
    public async Task UploadAsync_ResponseWithoutLocation_ReportsError(string location)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string signature = "";
        using var network = new TamperingHandler(
            (request, _) =>
            {
                if (request.RequestUri!.AbsolutePath != "/ambry/")
                    return null;
                signature = request.RequestUri.Query.Split('=', '&')[1];
                var response = new HttpResponseMessage(HttpStatusCode.Created);
                response.Headers.TryAddWithoutValidation("Location", location);
                return response;
            }
        );
        Assert.Empty(await fixture.UploadAsync([fixture.Write("a.txt")], fixture.Connect(network: network)));
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.InRange(signature.Length, 20, 1000);
        Assert.DoesNotContain(signature, fixture.Recorder.GetAllText(), StringComparison.Ordinal);
    }

    /// <summary>The location is written to objects and the ledger, which must not contain secrets.</summary>
    [Theory]
    [InlineData("${token}")]
    [InlineData("AAY${token}.txt")]
    [InlineData("AAY${half}.txt")]
    [InlineData("AAY${encoded}.txt")]
    [InlineData("AAY${lower}.txt")]
    [InlineData("AAY${base64}.txt")]
    public async Task SyncAsync_LocationRepeatsToken_FailsThatRecordAloneAndKeepsNoSecret(string name)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string token = fixture.Emulator.AccessToken;
        string location =
            "/"
            + name.Replace("${token}", token, StringComparison.Ordinal)
                .Replace("${half}", token[..(token.Length / 2)], StringComparison.Ordinal)
                .Replace(
                    "${encoded}",
                    string.Concat(token.Select(character => $"%{(int)character:X2}")),
                    StringComparison.Ordinal
                )
                .Replace("${lower}", token.ToLowerInvariant(), StringComparison.Ordinal)
                .Replace(
                    "${base64}",
                    Convert.ToBase64String(Encoding.UTF8.GetBytes(token)).TrimEnd('='),
                    StringComparison.Ordinal
                );
        fixture.Emulator.Faults.Add(
            Fault.RewriteResponse(new() { Headers = new Dictionary<string, string?> { ["Location"] = location } }) with
            {
                PathPrefix = "/ambry/",
            }
        );

        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(3), fixture.Options(throttle: 1));
        Assert.Equal(
            [ResumeSyncOutcome.Failed, ResumeSyncOutcome.Synced, ResumeSyncOutcome.Synced],
            results.Select(result => result.Outcome)
        );
        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, error.Id);
        Assert.Contains("a secret of this connection", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(location[1..], fixture.Recorder.GetAllText(), StringComparison.Ordinal);
        foreach (string file in Directory.GetFiles(fixture.Ledger))
            Assert.DoesNotContain(location[1..], await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    /// <summary>A location may contain the signature of its link, and eight characters in common with a token.</summary>
    [Theory]
    [InlineData("/AAY${signature}.txt")]
    [InlineData("/AAYAAgDGAAAAAAAAAAAAAAAAAAAAAAAA${eight}.txt")]
    public async Task SyncAsync_LocationLooksLikeASecret_IsKept(string location)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string resumeFile = "";
        using var network = new TamperingHandler(
            (request, _) =>
            {
                if (request.RequestUri!.AbsolutePath != "/ambry/")
                    return null;
                string path = location
                    .Replace("${signature}", request.RequestUri.Query.Split('=', '&')[1], StringComparison.Ordinal)
                    .Replace("${eight}", fixture.Emulator.AccessToken[..8], StringComparison.Ordinal);
                resumeFile = $"urn:li:ambryBlob:{path}";
                var response = new HttpResponseMessage(HttpStatusCode.Created);
                response.Headers.TryAddWithoutValidation("Location", path);
                return response;
            }
        );
        UploadedResume uploaded = Assert.Single(
            await fixture.UploadAsync([fixture.Write("a.txt")], fixture.Connect(network: network))
        );
        Assert.Equal(resumeFile, uploaded.ResumeFile);
    }
}
