namespace LinkedInExports.Core.Authentication;

/// <summary>Creates token sources for LinkedIn's OAuth host.</summary>
public static class LinkedInOAuth
{
    /// <summary>The default token endpoint.</summary>
    public static readonly Uri DefaultTokenUri = new("https://www.linkedin.com/oauth/v2/accessToken");

    /// <summary>The application's own tokens (client credentials).</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    public static RefreshingTokenSource FromClientCredentials(OAuthClientCredentials application, OAuthOptions options) =>
        RefreshingTokenSource.FromClientCredentials(options.CreateEndpoint(application));

    /// <summary>Creates a source of a member's tokens from a refresh token.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    public static RefreshingTokenSource FromRefreshToken(
        OAuthClientCredentials application,
        string refreshToken,
        OAuthOptions options
    ) => RefreshingTokenSource.FromRefreshToken(options.CreateEndpoint(application), refreshToken);

    /// <summary>Gets the address of another endpoint: <c>…/accessToken</c> becomes <c>…/{name}</c>.</summary>
    internal static Uri ResolveEndpoint(Uri tokenUri, string name) => new(tokenUri, name);
}
