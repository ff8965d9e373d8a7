using System.Text;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Authentication;

/// <summary>A token that the user provides and that cannot be renewed.</summary>
public sealed class StaticTokenSource(string token) : IAccessTokenSource
{
    // Its age is unknown, so it is not treated as newly issued.
    private readonly AccessToken _token = new(token, DateTimeOffset.MinValue, lifetime: null);

    /// <summary>A hash that identifies the token without revealing it.</summary>
    internal string Fingerprint { get; } = Sha256Hash.ComputeHex(Encoding.UTF8.GetBytes(token));

    /// <inheritdoc/>
    public Task<AccessToken> GetTokenAsync(IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        Task.FromResult(_token);

    /// <inheritdoc/>
    public Task<bool> RenewAsync(AccessToken rejectedToken, IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <summary>Does not contain the token.</summary>
    public override string ToString() => nameof(StaticTokenSource);
}
