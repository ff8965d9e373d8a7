using System.Net;
using System.Net.Sockets;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Authentication;

/// <summary>The requests of the browser to the redirect address of the sign-in.</summary>
public sealed class AuthorizationCodeFlowTests
{
    [Fact]
    public async Task RunAsync_AnswerWithAnotherState_IsIgnored()
    {
        (RefreshingTokenSource? token, LinkedInException? error, HttpStatusCode[] statuses) = await SignInAsync(state =>
            ["code=stolen&state=another", "code=stolen", $"code=good&state={state}"]
        );
        Assert.Null(error);
        Assert.NotNull(token);
        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK], statuses);
    }

    [Theory]
    [InlineData("error=invalid_request", "The sign-in failed: LinkedIn returned invalid_request.")]
    [InlineData(
        "error=invalid_request&error_description=policy+requires+PKCE.",
        "The sign-in failed: LinkedIn returned invalid_request: policy requires PKCE."
    )]
    public async Task RunAsync_Refusal_ShowsTheDescription(string answer, string message)
    {
        (_, LinkedInException? error, _) = await SignInAsync(state => [$"{answer}&state={state}"]);
        Assert.Equal((LinkedInErrorId.SignInFailed, message), (error?.Id, error?.Message));
    }

    private static async Task<(RefreshingTokenSource? Token, LinkedInException? Error, HttpStatusCode[] Statuses)> SignInAsync(
        Func<string, string[]> answers
    )
    {
        var redirect = new Uri($"http://127.0.0.1:{FreePort()}/callback");
        var statuses = new List<HttpStatusCode>();
        Task visits = Task.CompletedTask;
        async Task VisitAsync(Uri address)
        {
            string state = address
                .Query.TrimStart('?')
                .Split('&')
                .Single(field => field.StartsWith("state=", StringComparison.Ordinal))["state=".Length..];
            using var browser = new HttpClient();
            foreach (string answer in answers(state))
            {
                using HttpResponseMessage page = await browser.GetAsync(new Uri($"{redirect}?{answer}"));
                statuses.Add(page.StatusCode);
            }
        }

        RefreshingTokenSource? token = null;
        LinkedInException? error = null;
        try
        {
            token = await AuthorizationCodeFlow.AuthorizeAsync(
                new OAuthClientCredentials("id", "a-client-secret"),
                new AuthorizationCodeOptions { RedirectUri = redirect },
                new OAuthOptions
                {
                    HttpHandler = new FakeHttpHandler(_ =>
                        FakeHttpHandler.Json("""{"access_token":"abcdefghij","expires_in":1800}""")
                    ),
                },
                address => visits = VisitAsync(address),
                new RecordingOutput(),
                CancellationToken.None
            );
        }
        catch (LinkedInException failure)
        {
            error = failure;
        }

        await visits;
        return (token, error, [.. statuses]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
