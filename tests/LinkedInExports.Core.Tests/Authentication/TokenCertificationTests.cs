using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Authentication;

/// <summary>The remaining lifetime that Test-LinkedInConnection reports.</summary>
public sealed class TokenCertificationTests
{
    private static readonly OAuthClientCredentials Application = new("id", "secret");

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(1800, "00:30:00")]
    [InlineData(5_184_000, "60.00:00:00")]
    public async Task RunAsync_ValidToken_ReportsTheRemainingTime(int lifetime, string remaining)
    {
        using RefreshingTokenSource source = LinkedInOAuth.FromClientCredentials(Application, CreateOptions(lifetime));
        ConnectionTestResult result = await TestExpiryAsync(source);
        Assert.Equal((true, $"The token is good for another {remaining}."), (result.Passed, result.Detail));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(90)]
    public async Task RunAsync_ExpiredToken_FailsTheExpiryTest(int age)
    {
        // The token of a member cannot be renewed without a refresh token.
        using RefreshingTokenSource source = RefreshingTokenSource.FromRefreshToken(
            CreateOptions(1800).CreateEndpoint(Application),
            new TokenResponse { AccessToken = "abcdefghij", ExpiresIn = 1800 }
        );
        _time.Advance(TimeSpan.FromMinutes(age));
        ConnectionTestResult result = await TestExpiryAsync(source);
        Assert.Equal((false, "The token expired at 2026-01-05 08:30:00Z."), (result.Passed, result.Detail));
    }

    private OAuthOptions CreateOptions(int lifetime) =>
        new()
        {
            Time = _time,
            HttpHandler = new FakeHttpHandler(request =>
                FakeHttpHandler.Json(
                    request.RequestUri!.AbsolutePath.EndsWith("introspectToken", StringComparison.Ordinal)
                        ? """{"active":true}"""
                        : $$"""{"access_token":"abcdefghij","expires_in":"{{lifetime}}"}"""
                )
            ),
        };

    private async Task<ConnectionTestResult> TestExpiryAsync(RefreshingTokenSource source)
    {
        var certification = new TokenCertification(source, _time);
        List<ConnectionTestResult> results = await certification
            .RunAsync(new RecordingOutput(), CancellationToken.None)
            .ReadAllAsync();
        return results.Single(result => result.Name == "CRM-003");
    }
}
