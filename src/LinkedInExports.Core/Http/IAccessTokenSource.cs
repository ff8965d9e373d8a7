using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Http;

/// <summary>Provides the access token for each request.</summary>
public interface IAccessTokenSource
{
    /// <summary>Gets the current token. A token that is about to expire is replaced first.</summary>
    /// <exception cref="LinkedInException">No token is available.</exception>
    Task<AccessToken> GetTokenAsync(IDiagnostics diagnostics, CancellationToken cancellationToken);

    /// <summary>Replaces a token that LinkedIn rejected, unless it was already replaced.</summary>
    /// <returns>False if the source cannot get another token.</returns>
    /// <exception cref="LinkedInException">The request for another token failed.</exception>
    Task<bool> RenewAsync(AccessToken rejectedToken, IDiagnostics diagnostics, CancellationToken cancellationToken);
}
