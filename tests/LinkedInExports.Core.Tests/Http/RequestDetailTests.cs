using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Http;

/// <summary>A request creates messages only if they are shown, and knows the secrets of its link until it succeeds.</summary>
public sealed class RequestDetailTests
{
    private const string Signature = "kP3vQ9xW1zN7bR5tY2mL8cH4";

    [Fact]
    public async Task SendAsync_DetailsRequested_DescribesRequestAndResponse()
    {
        var recorder = new RecordingOutput();
        await SendAsync(recorder);
        Assert.Matches("^POST /upload: 200 in [0-9]+ ms$", Assert.Single(recorder.VerboseLines));
        Assert.Contains(("Debug", "HTTP 200; Content-Type: text/plain; charset=utf-8"), recorder.All);
    }

    [Fact]
    public async Task SendAsync_DetailsNotRequested_CreatesNoMessage()
    {
        var recorder = new RecordingOutput { IncludesDetails = false };
        await SendAsync(recorder);
        Assert.Empty(recorder.All);
    }

    [Fact]
    public async Task SendAsync_SignedLink_IsSecretUntilTheRequestSucceeds()
    {
        string during = "";
        await SendAsync(new RecordingOutput(), () => during = Sanitizer.Sanitize($"A {Signature} B"));
        Assert.Equal("A *** B", during);
        Assert.Equal($"A {Signature} B", Sanitizer.Sanitize($"A {Signature} B"));
    }

    private static async Task SendAsync(RecordingOutput recorder, Action? read = null)
    {
        var options = new PipelineOptions(EmulatorFixture.FastRetry, TimeProvider.System, ApiVersion: null);
        var token = new StaticTokenSource(FakeHttpHandler.Token);
        var network = new FakeHttpHandler(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("") });
        using var pipeline = new RequestPipeline(
            new RequestSender(
                HttpClientFactory.CreateClient(network, new ProxyOptions()),
                token,
                new AddressPolicy(new Uri("https://api.linkedin.com/v2/"), [.. DownloadHost.Documented]),
                options
            ),
            token,
            options
        );
        var request = new LinkedInRequest
        {
            Description = "upload a file",
            Method = HttpMethod.Post,
            RequestUri = new Uri($"https://www.linkedin.com/upload?x-li-ambry-ep={Signature}"),
            IsSignedUrl = true,
        };
        await pipeline.SendAsync(
            request,
            (_, _) =>
            {
                read?.Invoke();
                return true;
            },
            recorder,
            CancellationToken.None
        );
    }
}
