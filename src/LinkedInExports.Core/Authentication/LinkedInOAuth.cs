namespace LinkedInExports.Core.Authentication;

/// <summary>Makes tokens at LinkedIn's OAuth host.</summary>
public static class LinkedInOAuth
{
    /// <summary>Where LinkedIn makes tokens.</summary>
    public static readonly Uri DefaultTokenUri = new("https://www.linkedin.com/oauth/v2/accessToken");

    /// <summary>The application's own tokens (client credentials).</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    public static RefreshingTokenSource FromClientCredentials(OAuthClientCredentials application, OAuthOptions options) =>
        RefreshingTokenSource.FromClientCredentials(options.CreateEndpoint(application));

    /// <summary>A member's tokens, made with a refresh token.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    public static RefreshingTokenSource FromRefreshToken(
        OAuthClientCredentials application,
        string refreshToken,
        OAuthOptions options
    ) => RefreshingTokenSource.FromRefreshToken(options.CreateEndpoint(application), refreshToken);

    /// <summary>The address of another operation beside that of tokens: <c>…/accessToken</c> becomes <c>…/{name}</c>.</summary>
    internal static Uri ResolveEndpoint(Uri tokenUri, string name) => new(tokenUri, name);
}
