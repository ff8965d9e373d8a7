using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Authentication;

/// <summary>The address that a user copies from the browser.</summary>
public sealed class AuthorizationRequestTests
{
    private readonly List<string> _grants = [];
    private readonly AuthorizationRequest _request;

    public AuthorizationRequestTests() =>
        _request = new AuthorizationRequest(
            new OAuthClientCredentials("id", "a-client-secret"),
            new AuthorizationCodeOptions { RedirectUri = new Uri("https://app.example/callback"), UsePkce = true },
            new OAuthOptions
            {
                HttpHandler = new FakeHttpHandler(request =>
                {
                    _grants.Add(request.Content!.ReadAsStringAsync().Result);
                    return FakeHttpHandler.Json("""{"access_token":"abcdefghij","expires_in":1800}""");
                }),
            }
        );

    private string State => _request.Address.Query.Split("state=")[1].Split('&')[0];

    [Theory]
    [InlineData("https://app.example/callback?code=c%2F1&state={0}")]
    [InlineData("  \"https://app.example/callback?state={0}&code=c%2F1#_=_\" ")]
    [InlineData("code=c%2F1&state={0}")]
    public async Task Complete_CopiedAddress_SendsItsCode(string address)
    {
        await CompleteAsync(address);
        string grant = Assert.Single(_grants);
        Assert.Contains("code=c%2F1&", grant, StringComparison.Ordinal);
        Assert.Contains("redirect_uri=https%3A%2F%2Fapp.example%2Fcallback", grant, StringComparison.Ordinal);
        Assert.Contains("code_verifier=", grant, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "*has no state. Copy the complete address*")]
    [InlineData("https://app.example/callback", "*has no state. Copy the complete address*")]
    [InlineData("https://app.example/callback?code=c&state=x{0}", "*belongs to another sign-in. Copy the newest one*")]
    [InlineData("https://app.example/callback?state={0}", "*came back without a code*")]
    [InlineData("https://app.example/callback?state={0}&code=", "*came back without a code*")]
    [InlineData(
        "https://app.example/callback?state={0}&error=user_cancelled_login&error_description=No+thanks",
        "*login: No thanks*"
    )]
    public async Task Complete_OtherAddress_SendsNothing(string address, string message)
    {
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => CompleteAsync(address));
        Assert.Equal(LinkedInErrorId.SignInFailed, error.Id);
        Assert.Contains(message.Trim('*'), error.Message, StringComparison.Ordinal);
        Assert.Empty(_grants);
    }

    private Task<RefreshingTokenSource> CompleteAsync(string address) =>
        _request.CompleteAsync(address.Replace("{0}", State, StringComparison.Ordinal), new RecordingOutput(), default);
}
