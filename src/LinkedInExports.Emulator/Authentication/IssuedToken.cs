namespace LinkedInExports.Emulator.Authentication;

/// <summary>An access token with its lifetime.</summary>
/// <param name="value">The token.</param>
/// <param name="grant">The consent of the member, or <c>null</c> for a token of the application.</param>
/// <param name="createdAt">The time when it was issued.</param>
/// <param name="expiresAt">The time when it expires, or <c>null</c> if it does not.</param>
internal sealed class IssuedToken(string value, MemberGrant? grant, DateTimeOffset createdAt, DateTimeOffset? expiresAt)
{
    public string Value { get; } = value;

    public MemberGrant? Grant { get; } = grant;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    public bool IsRevoked { get; set; }

    /// <summary>The number of API requests that are still rejected, as if the token had not propagated yet.</summary>
    public int RemainingRefusals { get; set; }

    public TokenState GetState(DateTimeOffset now)
    {
        if (IsRevoked)
            return TokenState.Revoked;
        return now >= ExpiresAt ? TokenState.Expired : TokenState.Active;
    }
}
