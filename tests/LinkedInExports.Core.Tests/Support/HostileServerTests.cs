using System.Net;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>Tests of the servers that other tests use.</summary>
public sealed class HostileServerTests
{
    [Fact]
    public async Task RawServer_AnyBytes_AreSentAsTheyAre()
    {
        await using var server = RawServer.Start(
            "HTTP/1.1 200 \x9b[31m\r\nContent-Length: 3\r\nx-li-uuid: a\xffz\r\n\r\n\xff\x00\x1b"
        );
        using var client = new HttpClient();
        HttpResponseMessage response = await client.GetAsync(new Uri(server.Uri, "/v2/things?x=1"));
        Assert.Equal([0xff, 0x00, 0x1b], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("GET /v2/things?x=1 HTTP/1.1", Assert.Single(server.Requests).RequestLine);
    }

    [Fact]
    public async Task RawServer_RequestWithBody_ReadsAllOfIt()
    {
        await using var server = RawServer.Start(RawServer.Response(201));
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.PostAsync(server.Uri, new ByteArrayContent(new byte[100_000]));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(100_000, Assert.Single(server.Requests).Body.Length);
    }

    [Fact]
    public async Task RawServer_Reset_BreaksTheConnection()
    {
        await using var server = RawServer.Start(exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(server.Uri));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(407)]
    public async Task RefusingProxy_Connect_IsRejectedWithItsStatus(int status)
    {
        await using var proxy = RefusingProxy.Start(status);
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                Proxy = new WebProxy(proxy.Uri) { Credentials = new NetworkCredential("user", "pass:word") },
            }
        );
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetAsync("https://api.linkedin.test/v2/")
        );
        Assert.Equal(HttpRequestError.ProxyTunnelError, refused.HttpRequestError);
        Assert.Equal(status == 407 ? ["user:pass:word"] : [], proxy.Credentials.Distinct());
        Assert.True(proxy.Requests > 0);
    }

    [Theory]
    [InlineData("localhost", false)]
    [InlineData("api.linkedin.com", false)]
    [InlineData("localhost", true)]
    public async Task UntrustedTlsServer_Request_FailsAtTheCertificate(string name, bool isExpired)
    {
        await using var server = UntrustedTlsServer.Start(name, isExpired);
        using var client = new HttpClient();
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(server.Uri));
        Assert.Equal(HttpRequestError.SecureConnectionError, refused.HttpRequestError);
        Assert.Equal(0, server.Requests);
        Assert.True(server.Connections > 0);
    }
}
