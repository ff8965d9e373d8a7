using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Auth;

/// <summary>Makes tokens at LinkedIn's OAuth host.</summary>
public static class LinkedInOAuth
{
    /// <summary>Where LinkedIn makes tokens.</summary>
    public static readonly Uri DefaultTokenUri = new("https://www.linkedin.com/oauth/v2/accessToken");

    /// <summary>The application's own tokens (client credentials).</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    public static RenewableAccessToken ForApplication(OAuthApplication application, OAuthOptions options) =>
        RenewableAccessToken.OfApplication(options.CreateEndpoint(application));

    /// <summary>A member's tokens, made with a refresh token.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    public static RenewableAccessToken ForMember(OAuthApplication application, string refreshToken, OAuthOptions options) =>
        RenewableAccessToken.OfMember(options.CreateEndpoint(application), refreshToken);

    /// <summary>The address of another operation beside that of tokens: <c>…/accessToken</c> becomes <c>…/{name}</c>.</summary>
    internal static Uri Sibling(Uri tokenUri, string name) => new(tokenUri, name);
}
