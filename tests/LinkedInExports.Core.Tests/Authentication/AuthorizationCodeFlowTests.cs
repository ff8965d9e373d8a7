using System.Net;
using System.Net.Sockets;
using System.Text;
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

    [Theory]
    [InlineData("/x")]
    [InlineData("/callback?code=stolen&state=another")]
    public async Task AuthorizeAsync_ConnectionIsResetBeforeTheResponse_WaitsForTheAnswer(string target)
    {
        (RefreshingTokenSource? token, LinkedInException? error, HttpStatusCode[] statuses) = await SignInAsync(
            state => [$"code=good&state={state}"],
            (redirect, _) => RequestAndReset(redirect, target)
        );
        Assert.Null(error);
        Assert.NotNull(token);
        Assert.Equal([HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task AuthorizeAsync_AnswerIsResetBeforeTheResponse_SignsIn()
    {
        if (OperatingSystem.IsWindows())
            return; // There, the system may discard a request before the listener gets it.

        (RefreshingTokenSource? token, LinkedInException? error, _) = await SignInAsync(
            _ => [],
            (redirect, state) => RequestAndReset(redirect, $"{redirect.AbsolutePath}?code=good&state={state}")
        );
        Assert.Null(error);
        Assert.NotNull(token);
    }

    private static async Task<(RefreshingTokenSource? Token, LinkedInException? Error, HttpStatusCode[] Statuses)> SignInAsync(
        Func<string, string[]> answers,
        Action<Uri, string>? beforeAnswers = null
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
            beforeAnswers?.Invoke(redirect, state);
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

    /// <summary>Sends a request, and resets the connection after the listener has read it and before it responds.</summary>
    private static void RequestAndReset(Uri redirect, string target)
    {
        using var browser = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        browser.ReceiveTimeout = 30_000; // The test fails instead of waiting forever.
        browser.Connect(IPAddress.Loopback, redirect.Port);
        browser.Send(
            Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {redirect.Authority}\r\nExpect: 100-continue\r\n\r\n")
        );

        // Except on Windows, the listener sends "100 Continue" when it has read the headers.
        if (!OperatingSystem.IsWindows())
            Assert.NotEqual(0, browser.Receive(new byte[1]));
        browser.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
