namespace LinkedInExports.Emulator.Authentication;

/// <summary>An access token and its fate.</summary>
/// <param name="value">The token itself.</param>
/// <param name="grant">The consent behind it; <c>null</c> for a token of the application.</param>
/// <param name="createdAt">When it was issued.</param>
/// <param name="expiresAt"><c>null</c> for never.</param>
internal sealed class IssuedToken(string value, MemberGrant? grant, DateTimeOffset createdAt, DateTimeOffset? expiresAt)
{
    public string Value { get; } = value;

    public MemberGrant? Grant { get; } = grant;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    public bool IsRevoked { get; set; }

    /// <summary>Number of requests that still meet a service which does not know the token yet.</summary>
    public int RemainingRejections { get; set; }

    public TokenState GetState(DateTimeOffset now)
    {
        if (IsRevoked)
            return TokenState.Revoked;
        return now >= ExpiresAt ? TokenState.Expired : TokenState.Active;
    }
}
