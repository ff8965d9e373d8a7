using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Http;

/// <summary>Failures that no retry can resolve have one attempt and a specific error.</summary>
public sealed class PermanentFailureTests
{
    private const string Password = "CANARY-corp-password";

    private readonly RecordingOutput _recorder = new();

    [Theory]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, proxies have other failures.
    [InlineData(403, LinkedInErrorId.ProxyRejected)]
    [InlineData(407, LinkedInErrorId.ProxyAuthenticationFailed)]
    public async Task Request_ProxyRejects_FailsOnceWithoutThePassword(int status, LinkedInErrorId expected)
    {
        await using RefusingProxy proxy = RefusingProxy.Start(status);
        using LinkedInClient client = Connect(new Uri("https://api.linkedin.test/v2/"), WithUser(proxy.Uri));

        LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() => CreateAsync(client));

        Assert.Equal(expected, failure.Id);
        Assert.InRange(proxy.Requests, 1, 2);
        Assert.InRange(proxy.Credentials.Count, 0, 1);
        Assert.DoesNotContain("CANARY", failure + _recorder.GetAllText(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, proxies have other failures.
    public async Task Requests_HundredConcurrentBehind407_PresentCredentialAtMostTwice()
    {
        await using RefusingProxy proxy = RefusingProxy.Start(407);
        using LinkedInClient client = Connect(new Uri("https://api.linkedin.test/v2/"), WithUser(proxy.Uri));

        LinkedInException[] failures = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Assert.ThrowsAsync<LinkedInException>(() => CreateAsync(client)))
        );

        Assert.All(failures, failure => Assert.Equal(LinkedInErrorId.ProxyAuthenticationFailed, failure.Id));
        Assert.InRange(proxy.Credentials.Count, 1, 2);
    }

    /// <summary>Concurrent requests that start a little later, as on a busy machine.</summary>
    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, proxies have other failures.
    public async Task Requests_SoonAfterAPermanentFailure_FailWithoutAnAttempt()
    {
        await using RefusingProxy proxy = RefusingProxy.Start(407);
        var time = new FakeTimeProvider();
        using LinkedInClient client = Connect(new Uri("https://api.linkedin.test/v2/"), WithUser(proxy.Uri), time);
        await Assert.ThrowsAsync<LinkedInException>(() => CreateAsync(client));
        int requests = proxy.Requests;
        for (int number = 0; number < 3; number++)
        {
            LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() => CreateAsync(client));
            Assert.Equal((LinkedInErrorId.ProxyAuthenticationFailed, requests), (failure.Id, proxy.Requests));
            time.Advance(TimeSpan.FromSeconds(3));
        }

        time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<LinkedInException>(() => CreateAsync(client));
        Assert.True(proxy.Requests > requests);
    }

    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, proxies have other failures.
    public async Task Save_AHundredFilesBehind407_PresentsTheCredentialAtMostTwice()
    {
        await using RefusingProxy proxy = RefusingProxy.Start(407);
        using var folder = new TempFolder();
        using LinkedInClient client = Connect(new Uri("https://api.linkedin.test/v2/"), WithUser(proxy.Uri));
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = folder.File("out"), ThrottleLimit = 8 });
        var input = new InputBuffer<ExportJob>();
        input.Add(
            new CrmValidationExportJob
            {
                JobId = 148,
                CrmInstanceId = EmulatorFixture.Crm,
                Status = "COMPLETED",
                ExportStartAt = EmulatorFixture.Start,
                DownloadUrls =
                [
                    .. Enumerable
                        .Range(1, 100)
                        .Select(number => new SignedUrl(new Uri($"https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ{number}"))),
                ],
            }
        );
        input.CompleteAdding();

        await saver.SaveAsync(input.ReadAllAsync(), _recorder, CancellationToken.None).RecordAsync(_recorder);

        Assert.Equal(100, _recorder.Errors.Length);
        Assert.All(_recorder.Errors, error => Assert.Equal(LinkedInErrorId.ProxyAuthenticationFailed, error.Id));
        Assert.InRange(proxy.Credentials.Count, 1, 2);
        Assert.InRange(proxy.Requests, 1, 4);
        Assert.DoesNotContain("CANARY", _recorder.GetAllText(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("out")) && Directory.EnumerateFileSystemEntries(folder.File("out")).Any());
    }

    [Fact]
    public async Task Request_UntrustedCertificate_FailsOnce()
    {
        await using UntrustedTlsServer server = UntrustedTlsServer.Start();
        using LinkedInClient client = Connect(new Uri(server.Uri, "v2/"), new ProxyOptions());

        LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() => CreateAsync(client));

        Assert.Equal(LinkedInErrorId.CertificateRejected, failure.Id);
        Assert.Equal((1, 0), (server.Connections, server.Requests));
    }

    [Fact]
    public async Task Request_PlainServerAtAnHttpsAddress_FailsOnce()
    {
        await using RawServer server = RawServer.Start(
            exchange => Task.CompletedTask,
            async (stream, cancellationToken) =>
            {
                await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellationToken);
                return stream;
            }
        );
        using LinkedInClient client = Connect(new Uri($"https://127.0.0.1:{server.Port}/v2/"), new ProxyOptions());

        LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() => CreateAsync(client));

        Assert.Equal(LinkedInErrorId.CertificateRejected, failure.Id);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, proxies have other failures.
    public async Task SignIn_ProxyRejects_IsNotAboutTheCredentials()
    {
        await using RefusingProxy proxy = RefusingProxy.Start(407);
        using RefreshingTokenSource token = LinkedInOAuth.FromClientCredentials(
            new OAuthClientCredentials("id", "a-client-secret"),
            new OAuthOptions
            {
                TokenUri = new Uri("https://www.linkedin.test/oauth/v2/accessToken"),
                Proxy = WithUser(proxy.Uri),
                Retry = EmulatorFixture.FastRetry,
            }
        );

        LinkedInException[] failures = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => Assert.ThrowsAsync<LinkedInException>(() => token.GetTokenAsync(_recorder, CancellationToken.None)))
        );

        Assert.All(failures, failure => Assert.Equal(LinkedInErrorId.ProxyAuthenticationFailed, failure.Id));
        Assert.InRange(proxy.Credentials.Count, 1, 2);
        Assert.DoesNotContain(
            "CANARY",
            string.Concat(failures.Select(failure => failure.ToString())) + _recorder.GetAllText(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("127.0.0.1:3128")]
    [InlineData("ftp://proxy:3128")]
    [InlineData("/proxy")]
    [InlineData(@"CORP\svc:CANARY@proxy:3128")]
    [InlineData("svc:CANARY/1@proxy:3128")]
    [InlineData("ftp://svc:CANARY@proxy:3128")]
    public void Client_UnusableProxy_ThrowsImmediately(string proxy)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Connect(
                LinkedInClientOptions.DefaultBaseUri,
                new ProxyOptions { Address = new Uri(proxy, UriKind.RelativeOrAbsolute) }
            )
        );
        Assert.Equal(LinkedInErrorId.InvalidAddress, error.Id);
        Assert.Contains("proxy", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToProxy_UserInTheAddress_IsTheCredential()
    {
        var proxy = (WebProxy)new ProxyOptions { Address = new Uri("http://user:p%40ss@proxy:3128") }.ToProxy()!;
        NetworkCredential? credential = proxy.Credentials!.GetCredential(proxy.Address!, "Basic");
        Assert.Equal(
            ("http://proxy:3128/", "user", "p@ss"),
            (proxy.Address!.AbsoluteUri, credential!.UserName, credential.Password)
        );
    }

    [Fact]
    public void CreateHandler_CredentialWithoutAddress_IsForTheProxyOfTheEnvironment()
    {
        var credential = new NetworkCredential("svc-account", Password);
        using var handler = HttpClientFactory.CreateHandler(new ProxyOptions { Credential = credential });
        Assert.Same(credential, handler.DefaultProxyCredentials);
    }

    private static ProxyOptions WithUser(Uri proxy) =>
        new() { Address = new UriBuilder(proxy) { UserName = "svc-account", Password = Password }.Uri };

    private static LinkedInClient Connect(Uri baseUri, ProxyOptions proxy, TimeProvider? time = null) =>
        new(
            new LinkedInClientOptions
            {
                BaseUri = baseUri,
                AccessToken = new StaticTokenSource("a-token-for-this-test"),
                Retry = EmulatorFixture.FastRetry,
                Proxy = proxy,
                Time = time ?? TimeProvider.System,
            }
        );

    private Task<CrmValidationExportJob> CreateAsync(LinkedInClient client) =>
        client.CrmValidation.CreateAsync(EmulatorFixture.CrmInstance, EmulatorFixture.Start, _recorder, CancellationToken.None);
}
