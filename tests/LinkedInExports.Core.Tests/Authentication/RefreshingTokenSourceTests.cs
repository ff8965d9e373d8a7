using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Authentication;

/// <summary>Token renewal over hours, in fake time, against a server that validates the tokens.</summary>
public sealed class RefreshingTokenSourceTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingOutput _recorder = new();
    private readonly List<DateTimeOffset> _tokenRequests = [];
    private readonly List<HttpStatusCode> _apiAnswers = [];
    private readonly LinkedInClient _client;
    private string? _revoked;
    private bool _tokenEndpointFails;

    public RefreshingTokenSourceTests()
    {
        _client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = LinkedInOAuth.FromClientCredentials(
                    new OAuthClientCredentials("id", "s/e=c+ret"),
                    new OAuthOptions { Time = _time, HttpHandler = new FakeHttpHandler(MakeToken) }
                ),
                Time = _time,
                Random = new ConstantRandom(0.5),
                HttpHandler = new FakeHttpHandler(AnswerApi),
            }
        );
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task GetToken_ConcurrentRequestsWithExpiredToken_SendsOneTokenRequest()
    {
        await GetAsync();
        _time.Advance(Life);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(GetAsync)));
        Assert.Equal(2, _tokenRequests.Count);
        Assert.All(_apiAnswers, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task RenewAsync_ConcurrentRejections_SendsOneTokenRequest()
    {
        using RefreshingTokenSource source = LinkedInOAuth.FromClientCredentials(
            new OAuthClientCredentials("id", "secret"),
            new OAuthOptions { Time = _time, HttpHandler = new FakeHttpHandler(MakeToken) }
        );
        AccessToken refused = await source.GetTokenAsync(new RecordingOutput(), CancellationToken.None);
        bool[] renewed = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(_ => Task.Run(() => source.RenewAsync(refused, new RecordingOutput(), CancellationToken.None)))
        );
        Assert.DoesNotContain(false, renewed);
        Assert.Equal(2, _tokenRequests.Count);
        Assert.NotSame(refused, await source.GetTokenAsync(new RecordingOutput(), CancellationToken.None));
    }

    [Fact]
    public async Task Send_ConcurrentRejectionsOfRevokedToken_SendsOneTokenRequest()
    {
        await GetAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        _revoked = "token-1";
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(GetAsync)));
        Assert.Equal(2, _tokenRequests.Count);
    }

    [Fact]
    public async Task Send_TokenRejectedPermanently_RenewsOnceThenFails()
    {
        _revoked = "*";
        _time.Advance(TimeSpan.FromDays(1));
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => _time.RunAsync(GetAsync()));
        Assert.Equal(LinkedInErrorId.TokenRejected, error.Id);
        Assert.Equal(2, _tokenRequests.Count);
        Assert.InRange(_apiAnswers.Count, 2, 3);
    }

    [Fact]
    public async Task Send_NewTokenRejectedOnce_RetriesAfterDelay()
    {
        int refusals = 1;
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = LinkedInOAuth.FromClientCredentials(
                    new OAuthClientCredentials("id", "secret"),
                    new OAuthOptions { Time = _time, HttpHandler = new FakeHttpHandler(MakeToken) }
                ),
                Time = _time,
                HttpHandler = new FakeHttpHandler(_ =>
                    refusals-- > 0
                        ? FakeHttpHandler.Json(
                            """{"status":401,"serviceErrorCode":65601,"code":"REVOKED_ACCESS_TOKEN"}""",
                            HttpStatusCode.Unauthorized
                        )
                        : FakeHttpHandler.Json("""{"status":"PROCESSING"}""")
                ),
            }
        );
        DateTimeOffset start = _time.GetUtcNow();
        await _time.RunAsync(client.CrmValidation.GetAsync(1, EmulatorFixture.CrmInstance, _recorder, CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(2), _time.GetUtcNow() - start);
        Assert.Single(_tokenRequests);
    }

    /// <summary>Each token expires while it propagates, and so does its replacement.</summary>
    [Fact]
    public async Task GetAsync_NewTokensThatAreNeverKnown_EndsAfterTwoRetries()
    {
        int made = 0;
        int refused = 0;
        using var network = new FakeHttpHandler(_ =>
            FakeHttpHandler.Json($$"""{"access_token":"token-{{++made}}","expires_in":1}""")
        );
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = LinkedInOAuth.FromClientCredentials(
                    new OAuthClientCredentials("id", "secret"),
                    new OAuthOptions { Time = _time, HttpHandler = network }
                ),
                Time = _time,
                HttpHandler = new FakeHttpHandler(_ =>
                    ++refused < 100
                        ? FakeHttpHandler.Json(
                            """{"status":401,"serviceErrorCode":65601,"code":"REVOKED_ACCESS_TOKEN"}""",
                            HttpStatusCode.Unauthorized
                        )
                        : FakeHttpHandler.Json("""{"status":"PROCESSING"}""")
                ),
            }
        );
        DateTimeOffset start = _time.GetUtcNow();
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            _time.RunAsync(client.CrmValidation.GetAsync(1, EmulatorFixture.CrmInstance, _recorder, CancellationToken.None))
        );
        Assert.Equal(LinkedInErrorId.TokenRejected, error.Id);
        Assert.InRange(refused, 2, 5);
        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Send_TokenEndpointFailsWhileTokenIsValid_UsesCurrentToken()
    {
        await GetAsync();
        _time.Advance(TimeSpan.FromMinutes(25));
        _tokenEndpointFails = true;
        await _time.RunAsync(GetAsync());
        Assert.All(_apiAnswers, status => Assert.Equal(HttpStatusCode.OK, status));

        _time.Advance(Life);
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => _time.RunAsync(GetAsync()));
        Assert.Equal(LinkedInErrorId.ServerError, error.Id);
    }

    private Task<CrmValidationExportJob> GetAsync() =>
        _client.CrmValidation.GetAsync(1, EmulatorFixture.CrmInstance, _recorder, CancellationToken.None);

    private HttpResponseMessage MakeToken(HttpRequestMessage request)
    {
        Assert.Equal("/oauth/v2/accessToken", request.RequestUri!.PathAndQuery);
        if (_tokenEndpointFails)
            return FakeHttpHandler.Json("", HttpStatusCode.ServiceUnavailable);
        lock (_tokenRequests)
        {
            _tokenRequests.Add(_time.GetUtcNow());
            return FakeHttpHandler.Json(
                $$"""{"access_token":"token-{{_tokenRequests.Count}}","expires_in":"{{Life.TotalSeconds}}"}"""
            );
        }
    }

    private HttpResponseMessage AnswerApi(HttpRequestMessage request)
    {
        string token = request.Headers.Authorization!.Parameter!;
        lock (_tokenRequests)
        {
            int number = int.Parse(token.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
            bool isValid = _revoked != "*" && _revoked != token && _time.GetUtcNow() < _tokenRequests[number - 1] + Life;
            _apiAnswers.Add(isValid ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
            return isValid
                ? FakeHttpHandler.Json("""{"status":"COMPLETED"}""")
                : FakeHttpHandler.Json("""{"status":401,"serviceErrorCode":65600}""", HttpStatusCode.Unauthorized);
        }
    }
}
