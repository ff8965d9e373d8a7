using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Http;

/// <summary>Files may come from other hosts, which don't get the token.</summary>
public sealed class RedirectTests
{
    private const string Token = "AQ-the-token-of-this-test";

    private readonly RecordingOutput _recorder = new();
    private readonly List<(string Address, bool HasToken)> _sent = [];

    [Theory]
    [InlineData("https://media.licdn.com/exports/analytics_123.csv", false)]
    [InlineData("https://www.linkedin.com/ambry/?x=1", true)]
    [InlineData("https://files.example.com/1.csv", false)]
    [InlineData("https://trusted.example.com/1.csv", true)]
    public async Task Link_OfNamedHost_GetsTheTokenOnlyIfSpecified(string link, bool hasToken)
    {
        string body = await GetAsync(link, _ => Text("data"));
        Assert.Equal("data", body);
        Assert.Equal((link, hasToken), Assert.Single(_sent));
    }

    [Fact]
    public async Task Link_OfUnnamedHost_IsNotSent()
    {
        LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() =>
            GetAsync("https://cdn.example.net/1.csv", _ => Text("data"))
        );
        Assert.Equal(LinkedInErrorId.AddressNotAllowed, failure.Id);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task Redirect_ToUnnamedPublicHost_IsFollowedWithoutTheTokenAndReported()
    {
        string body = await GetAsync(
            "https://media.licdn.com/1.csv",
            request =>
                request.RequestUri!.Host == "media.licdn.com"
                    ? Redirect("https://cdn.example.net/1.csv?sig=f9e7d5c3b1a80264f9e7")
                    : Text("data")
        );

        Assert.Equal("data", body);
        Assert.Equal([false, false], _sent.Select(request => request.HasToken));
        Assert.Contains(_recorder.VerboseLines, line => line == "Following a redirect to cdn.example.net, without the token.");
        Assert.DoesNotContain("f9e7d5c3b1a80264", _recorder.GetAllText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_FromLinkedInToUnnamedHost_LeavesTheTokenBehind()
    {
        await GetAsync(
            "https://www.linkedin.com/ambry/?x=1",
            request => request.RequestUri!.Host == "www.linkedin.com" ? Redirect("https://cdn.example.net/1.csv") : Text("data")
        );
        Assert.Equal([true, false], _sent.Select(request => request.HasToken));
    }

    [Theory]
    [InlineData("http://cdn.example.net/1.csv")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://localhost/1.csv")]
    [InlineData("https://user@cdn.example.net/1.csv")]
    public async Task Redirect_ToAnythingElse_IsNotFollowed(string target)
    {
        LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() =>
            GetAsync("https://www.linkedin.com/ambry/?x=1", _ => Redirect(target))
        );
        Assert.Equal(LinkedInErrorId.AddressNotAllowed, failure.Id);
        Assert.Single(_sent);
    }

#if !DESKTOP_ENGINE
    [Fact]
    public async Task Redirect_ToNameWithPrivateAddress_IsNotConnected()
    {
        var connector = new FakeConnector("10.0.0.7");
        using SocketsHttpHandler handler = HttpClientFactory.CreateHandler(new ProxyOptions { IsBypassed = true }, connector);
        using var first = new RedirectOnce(handler, "https://cdn.example.net/1.csv");

        LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() =>
            GetAsync("https://www.linkedin.com/ambry/?x=1", first)
        );

        Assert.Equal(LinkedInErrorId.AddressNotAllowed, failure.Id);
        Assert.Empty(connector.Opened);
    }

    [Fact]
    public async Task Connect_FirstAddressNeverAnswers_UsesTheNext()
    {
        await using RawServer server = RawServer.Start(RawServer.Response(200, "hello"));
        var connector = new FakeConnector("203.0.113.1", "127.0.0.1") { Silent = "203.0.113.1" };
        using var http = new HttpClient(HttpClientFactory.CreateHandler(new ProxyOptions { IsBypassed = true }, connector));

        Assert.Equal("hello", await http.GetStringAsync(new Uri($"http://two-addresses.test:{server.Port}/")));
        Assert.Equal(["203.0.113.1", "127.0.0.1"], connector.Opened);
    }

    [Fact]
    public async Task Connect_NoAddressAnswers_ReportsTheFirstFailure()
    {
        var connector = new FakeConnector("127.0.0.1", "127.0.0.2");
        using var http = new HttpClient(HttpClientFactory.CreateHandler(new ProxyOptions { IsBypassed = true }, connector));

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetStringAsync(new Uri("http://nothing-listens.test:1/"))
        );
        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
    }
#endif

    private Task<string> GetAsync(string link, Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        GetAsync(
            link,
            new FakeHttpHandler(request =>
            {
                lock (_sent)
                    _sent.Add((request.RequestUri!.OriginalString, request.Headers.Authorization?.Parameter == Token));
                return answer(request);
            })
        );

    private async Task<string> GetAsync(string link, HttpMessageHandler network)
    {
        var api = new Uri("https://api.linkedin.com/v2/");
        var options = new PipelineOptions(EmulatorFixture.FastRetry, TimeProvider.System, ApiVersion: null);
        var token = new StaticTokenSource(Token);
        DownloadHost[] hosts = [.. DownloadHost.Documented, new("files.example.com", false), new("trusted.example.com", true)];
        using var pipeline = new RequestPipeline(
            new RequestSender(
                HttpClientFactory.CreateClient(network, new ProxyOptions()),
                token,
                new AddressPolicy(api, hosts),
                options
            ),
            token,
            options
        );
        var request = new LinkedInRequest
        {
            Description = "download 1.csv",
            Method = HttpMethod.Get,
            RequestUri = new Uri(link),
            IsSignedUrl = true,
        };
        return await pipeline.SendAsync(
            request,
            async (HttpResponseMessage response, CancellationToken cancellationToken) =>
                await response.Content.ReadAsStringAsync(cancellationToken),
            _recorder,
            CancellationToken.None
        );
    }

    private static HttpResponseMessage Text(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text) };

    private static HttpResponseMessage Redirect(string target)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Found);
        response.Headers.TryAddWithoutValidation("Location", target);
        return response;
    }

    /// <summary>Responds to the first request with a redirect, and sends further ones to the network.</summary>
    private sealed class RedirectOnce(HttpMessageHandler network, string target) : DelegatingHandler(network)
    {
        private bool _wasSent;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_wasSent)
                return base.SendAsync(request, cancellationToken);
            _wasSent = true;
            return Task.FromResult(Redirect(target));
        }
    }

#if !DESKTOP_ENGINE
    private sealed class FakeConnector(params string[] addresses) : HostConnector
    {
        internal List<string> Opened { get; } = [];

        internal string? Silent { get; init; }

        private protected override Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));

        private protected override async Task<Stream> OpenAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
        {
            Opened.Add(endPoint.Address.ToString());
            if (endPoint.Address.ToString() == Silent)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return await base.OpenAsync(endPoint, cancellationToken);
        }
    }
#endif
}
