namespace LinkedInExports.Core.Auth;

/// <summary>A token that the user brought; it cannot be renewed.</summary>
public sealed class FixedAccessToken(string token) : IAccessTokenSource
{
    /// <inheritdoc/>
    public ValueTask<string> GetTokenAsync(CancellationToken cancellation) => new(token);

    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => nameof(FixedAccessToken);
}
