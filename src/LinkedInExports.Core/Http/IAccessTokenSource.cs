using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Http;

/// <summary>Gives the token for each request, just before it is sent.</summary>
public interface IAccessTokenSource
{
    /// <summary>The token, as it goes behind <c>Bearer</c>; a new one when the old one is near its end.</summary>
    /// <exception cref="LinkedInException">None can be had.</exception>
    Task<AccessToken> GetTokenAsync(IDiagnostics diagnostics, CancellationToken cancellationToken);

    /// <summary>Replaces a token that LinkedIn refused, unless that has happened meanwhile.</summary>
    /// <returns>False when there is no way to get another.</returns>
    /// <exception cref="LinkedInException">There is a way, and it failed.</exception>
    Task<bool> RenewAsync(AccessToken refused, IDiagnostics diagnostics, CancellationToken cancellationToken);
}
