namespace LinkedInExports.Core.Auth;

/// <summary>Gives the token for each request, just before it is sent.</summary>
public interface IAccessTokenSource
{
    /// <summary>The token, as it goes behind <c>Bearer</c>.</summary>
    ValueTask<string> GetTokenAsync(CancellationToken cancellation);
}
