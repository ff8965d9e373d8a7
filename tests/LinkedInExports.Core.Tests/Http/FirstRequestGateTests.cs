using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

/// <summary>How requests wait for the first request to a host.</summary>
public sealed class FirstRequestGateTests
{
    private const string Host = "www.linkedin.com:443";

    private static readonly LinkedInRequest Request = new()
    {
        Description = "download a file",
        Method = HttpMethod.Get,
        RequestUri = new Uri("https://www.linkedin.com/ambry/"),
    };

    private readonly FakeTimeProvider _time = new();
    private readonly FirstRequestGate _gate;
    private readonly TaskCompletionSource<HttpResponseMessage> _first = new();
    private int _sent;

    public FirstRequestGateTests() => _gate = new FirstRequestGate(_time);

    [Fact]
    public async Task SendAsync_FirstRequestFailsPermanently_OthersAreNotSent()
    {
        Task<HttpResponseMessage> first = _gate.SendAsync(Request, Host, () => _first.Task, CancellationToken.None);
        Task<HttpResponseMessage> other = SendAsync(Host);
        _first.SetException(
            new LinkedInException(LinkedInErrorId.CertificateRejected, "Could not download another file.")
            {
                AffectsAllRequests = true,
                Detail = "The certificate is not trusted.",
            }
        );

        await Assert.ThrowsAsync<LinkedInException>(() => first);
        Assert.Contains(
            "The certificate is not trusted.",
            (await Assert.ThrowsAsync<LinkedInException>(() => other)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, _sent);
    }

    [Fact]
    public async Task SendAsync_FirstRequestIsSlow_OthersWaitTenSeconds()
    {
        _ = _gate.SendAsync(Request, Host, () => _first.Task, CancellationToken.None);
        Task<HttpResponseMessage> other = SendAsync(Host);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, _sent);

        _time.Advance(TimeSpan.FromSeconds(2));
        using HttpResponseMessage response = await other;
        Assert.Equal(1, _sent);

        // The host has responded, so further requests do not wait for the first one.
        using HttpResponseMessage next = await SendAsync(Host);
        Assert.Equal(2, _sent);
    }

    [Fact]
    public async Task SendAsync_OtherHost_DoesNotWait()
    {
        _ = _gate.SendAsync(Request, Host, () => _first.Task, CancellationToken.None);
        using HttpResponseMessage response = await SendAsync("api.linkedin.com:443");
        Assert.Equal(1, _sent);
    }

    private Task<HttpResponseMessage> SendAsync(string host) =>
        _gate.SendAsync(
            Request,
            host,
            () =>
            {
                _sent++;
                return Task.FromResult(new HttpResponseMessage());
            },
            CancellationToken.None
        );
}
