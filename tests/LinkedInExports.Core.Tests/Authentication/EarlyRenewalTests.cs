using System.Net;
using System.Net.Http.Headers;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Authentication;

/// <summary>The renewal of a token that is still valid, while the token endpoint fails.</summary>
public sealed class EarlyRenewalTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <summary>85 % of the lifetime.</summary>
    private static readonly TimeSpan RenewalAge = TimeSpan.FromMinutes(25.5);

    private readonly FakeTimeProvider _time = new();
    private readonly TokenEndpoint _endpoint = new();
    private readonly RefreshingTokenSource _source;

    public EarlyRenewalTests() =>
        _source = LinkedInOAuth.FromClientCredentials(
            new OAuthClientCredentials("id", "secret"),
            new OAuthOptions { Time = _time, HttpHandler = _endpoint }
        );

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task GetToken_EarlyRenewalIsPending_OtherCallersGetCurrentToken()
    {
        AccessToken current = await GetTokenAsync();
        _time.Advance(RenewalAge);
        var requested = new TaskCompletionSource();
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _endpoint.Answer = _ =>
        {
            requested.SetResult();
            return answer.Task;
        };
        Task<AccessToken> first = GetTokenAsync();
        await requested.Task;

        Task<AccessToken>[] others = [.. Enumerable.Range(0, 19).Select(_ => GetTokenAsync())];

        Assert.All(others, other => Assert.True(other.IsCompletedSuccessfully));
        answer.SetResult(TokenEndpoint.Unavailable());
        Assert.Same(current, await first);
        Assert.All(await Task.WhenAll(others), token => Assert.Same(current, token));
        Assert.Equal(2, _endpoint.Requests);
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(10, 30)]
    [InlineData(120, 120)]
    public async Task GetToken_EarlyRenewalFails_TriesAgainAfterDelay(int? retryAfter, int delay)
    {
        AccessToken current = await GetTokenAsync();
        _time.Advance(RenewalAge);
        DateTimeOffset start = _time.GetUtcNow();
        _endpoint.Answer = _ => Task.FromResult(TokenEndpoint.Unavailable(retryAfter));
        Assert.Same(current, await RunAsync(GetTokenAsync()));
        Assert.Equal(start, _time.GetUtcNow());

        _time.Advance(TimeSpan.FromSeconds(delay - 1));
        Assert.Same(current, await GetTokenAsync());
        Assert.Equal(2, _endpoint.Requests);

        _endpoint.Answer = null;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotSame(current, await GetTokenAsync());
        Assert.Equal(3, _endpoint.Requests);
    }

    [Fact]
    public async Task GetToken_EarlyRenewalTimesOut_SendsOneRequest()
    {
        AccessToken current = await GetTokenAsync();
        _time.Advance(TimeSpan.FromMinutes(24));
        DateTimeOffset start = _time.GetUtcNow();
        _endpoint.Answer = TokenEndpoint.NeverAnswerAsync;

        Assert.Same(current, await RunAsync(GetTokenAsync()));

        Assert.Equal(new RetryOptions().ResponseTimeout, _time.GetUtcNow() - start);
        Assert.Equal(2, _endpoint.Requests);
    }

    [Fact]
    public async Task GetToken_TokenExpiresDuringEarlyRenewal_RequestsTokenWithRetries()
    {
        AccessToken current = await GetTokenAsync();
        _time.Advance(TimeSpan.FromMinutes(29));
        int unanswered = 5;
        _endpoint.Answer = cancellationToken =>
            unanswered-- > 0 ? TokenEndpoint.NeverAnswerAsync(cancellationToken) : Task.FromResult(TokenEndpoint.CreateToken());

        AccessToken renewed = await RunAsync(GetTokenAsync());

        Assert.NotSame(current, renewed);
        Assert.Equal(7, _endpoint.Requests);
    }

    [Fact]
    public async Task GetToken_EarlyRenewalIsRejected_IsNotRepeatedByOtherCallers()
    {
        AccessToken current = await GetTokenAsync();
        _time.Advance(RenewalAge);
        _endpoint.Answer = _ =>
            Task.FromResult(FakeHttpHandler.Json("""{"error":"invalid_client"}""", HttpStatusCode.Unauthorized));

        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(GetTokenAsync);

        Assert.Equal(LinkedInErrorId.InvalidCredentials, error.Id);
        Assert.Same(current, await GetTokenAsync());
        Assert.Equal(2, _endpoint.Requests);
    }

    private Task<AccessToken> GetTokenAsync() => _source.GetTokenAsync(new RecordingOutput(), CancellationToken.None);

    private async Task<AccessToken> RunAsync(Task<AccessToken> work)
    {
        await _time.RunAsync(work);
        return await work;
    }

    private sealed class TokenEndpoint : HttpMessageHandler
    {
        private int _requests;

        /// <summary>All requests, including that for the first token.</summary>
        internal int Requests => Volatile.Read(ref _requests);

        /// <summary>The response, or null for a new token.</summary>
        internal Func<CancellationToken, Task<HttpResponseMessage>>? Answer { get; set; }

        internal static HttpResponseMessage CreateToken() =>
            FakeHttpHandler.Json($$"""{"access_token":"abcdefghij","expires_in":"{{Life.TotalSeconds}}"}""");

        internal static HttpResponseMessage Unavailable(int? retryAfter = null)
        {
            HttpResponseMessage response = FakeHttpHandler.Json("", HttpStatusCode.ServiceUnavailable);
            if (retryAfter is { } seconds)
                response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
            return response;
        }

        internal static async Task<HttpResponseMessage> NeverAnswerAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("The request was not canceled.");
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _requests);
            return Answer is { } answer ? answer(cancellationToken) : Task.FromResult(CreateToken());
        }
    }
}
