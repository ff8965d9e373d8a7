using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Authentication;

public sealed class TokenEndpointClientTests
{
    private const string OAuthError = """{"error":"invalid_client","error_description":"Client authentication failed"}""";

    private readonly RecordingOutput _recorder = new();

    [Theory]
    [InlineData(400, OAuthError, LinkedInErrorId.InvalidCredentials)]
    [InlineData(401, OAuthError, LinkedInErrorId.InvalidCredentials)]
    [InlineData(
        401,
        """{"serviceErrorCode":65600,"message":"Invalid client","status":401}""",
        LinkedInErrorId.InvalidCredentials
    )]
    [InlineData(400, "<html>Bad request</html>", LinkedInErrorId.TokenEndpointFailed)]
    [InlineData(404, "", LinkedInErrorId.TokenEndpointFailed)]
    [InlineData(302, "", LinkedInErrorId.TokenEndpointFailed)]
    [InlineData(307, "", LinkedInErrorId.TokenEndpointFailed)]
    [InlineData(200, "<html>Welcome to the hotel</html>", LinkedInErrorId.TokenEndpointFailed)]
    [InlineData(200, """{"access_token":"two\r\nlines","expires_in":60}""", LinkedInErrorId.TokenEndpointFailed)]
    [InlineData(200, """{"access_token":"nüchtern","expires_in":60}""", LinkedInErrorId.TokenEndpointFailed)]
    [InlineData(200, """{"access_token":"cut \ud83d"}""", LinkedInErrorId.TokenEndpointFailed)]
    [InlineData(200, """{"access_token":7}""", LinkedInErrorId.TokenEndpointFailed)]
    [InlineData(503, "", LinkedInErrorId.ServerError)]
    public async Task GetToken_Response_IsIdentified(int status, string body, LinkedInErrorId expected)
    {
        using RefreshingTokenSource token = Source(_ => FakeHttpHandler.Json(body, (HttpStatusCode)status));
        LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() =>
            token.GetTokenAsync(_recorder, CancellationToken.None)
        );
        Assert.Equal(expected, failure.Id);
        Assert.DoesNotContain("the-client-secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetToken_Request_IsLoggedAsVerbose()
    {
        using RefreshingTokenSource token = Source(_ =>
            FakeHttpHandler.Json("""{"access_token":"AQ-a-fine-token","expires_in":60}""")
        );
        await token.GetTokenAsync(_recorder, CancellationToken.None);
        Assert.StartsWith("POST /oauth/v2/accessToken: 200 in ", Assert.Single(_recorder.VerboseLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetToken_ManyCallersWithWrongSecret_SendOneRequest()
    {
        int requests = 0;
        var answer = new TaskCompletionSource();
        using RefreshingTokenSource token = Source(async _ =>
        {
            Interlocked.Increment(ref requests);
            await answer.Task;
            return FakeHttpHandler.Json(OAuthError, HttpStatusCode.Unauthorized);
        });

        Task<LinkedInException>[] callers =
        [
            .. Enumerable
                .Range(0, 50)
                .Select(_ => Assert.ThrowsAsync<LinkedInException>(() => token.GetTokenAsync(_recorder, CancellationToken.None))),
        ];
        answer.SetResult();
        LinkedInException[] failures = await Task.WhenAll(callers);

        Assert.All(failures, failure => Assert.Equal(LinkedInErrorId.InvalidCredentials, failure.Id));
        Assert.Equal(1, requests);
    }

    private static RefreshingTokenSource Source(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        Source(request => Task.FromResult(answer(request)));

    private static RefreshingTokenSource Source(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) =>
        LinkedInOAuth.FromClientCredentials(
            new OAuthClientCredentials("id", "the-client-secret"),
            new OAuthOptions { Retry = EmulatorFixture.FastRetry, HttpHandler = new AsyncNetwork(answer) }
        );

    private sealed class AsyncNetwork(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request);
    }
}
