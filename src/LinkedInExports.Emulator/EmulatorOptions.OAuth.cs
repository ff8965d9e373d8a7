using LinkedInExports.Emulator.OAuth;

namespace LinkedInExports.Emulator;

/// <content>Options of the client application and its tokens.</content>
public sealed partial class EmulatorOptions
{
    /// <summary>The client id of the application.</summary>
    public string ClientId { get; init; } = "78emulatorclient";

    /// <summary>The client secret. <c>null</c> creates a new one with <c>/</c>, <c>+</c> and <c>=</c> at each start.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The initial refresh token. <c>null</c> creates a new one at each start.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The lifetime of an application's access token.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The lifetime of a member's access token.</summary>
    public TimeSpan MemberTokenLifetime { get; init; } = TimeSpan.FromDays(60);

    /// <summary>The lifetime of a refresh token, counted from the consent. Use does not extend it.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Whether each refresh returns a new refresh token and revokes the previous one.</summary>
    public bool RotateRefreshTokens { get; init; }

    /// <summary>
    /// Whether responses have refresh tokens. They do not for applications that are not approved for them.
    /// </summary>
    public bool IssueRefreshTokens { get; init; } = true;

    /// <summary>Whether the application can get tokens without a member.</summary>
    public bool ClientCredentialsAllowed { get; init; } = true;

    /// <summary>
    /// The scopes of the application, or <c>null</c> for all. Authorization requests with other scopes are rejected.
    /// </summary>
    public string[]? GrantedScopes { get; init; }

    /// <summary>The result of authorization requests.</summary>
    public AuthorizationOutcome AuthorizationOutcome { get; init; } = AuthorizationOutcome.Approve;

    /// <summary>
    /// The number of API requests that reject a new token as revoked, as LinkedIn does at times. Downloads are not affected and
    /// do not count.
    /// </summary>
    public int FreshTokenRefusals { get; init; }

    /// <summary>
    /// Whether <c>expires_in</c> is a JSON string. <c>null</c> is the documented behavior: a string for client credentials, and a
    /// number for other grants.
    public bool? ExpiresInAsString { get; init; }

    /// <summary>
    /// Whether lifetimes in refresh responses are in minutes, as in the documented sample. The documented text says
    /// seconds.
    /// </summary>
    public bool RefreshLifetimesInMinutes { get; init; }

    /// <summary>The error for an invalid client. Some pages document <c>invalid_client_id</c>.</summary>
    public string InvalidClientWord { get; init; } = OAuthError.InvalidClient;

    /// <summary>The error for an invalid refresh token. <c>invalid_grant</c> was observed too.</summary>
    public string RefreshErrorWord { get; init; } = OAuthError.InvalidRequest;

    private void ValidateOAuth()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ClientId);
        if (ClientSecret is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(ClientSecret);
        if (RefreshToken is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(RefreshToken);
        ValidateLifetime(TokenLifetime, nameof(TokenLifetime));
        ValidateLifetime(MemberTokenLifetime, nameof(MemberTokenLifetime));
        ValidateLifetime(RefreshTokenLifetime, nameof(RefreshTokenLifetime));
        ArgumentOutOfRangeException.ThrowIfNegative(FreshTokenRefusals);
        ArgumentException.ThrowIfNullOrEmpty(InvalidClientWord);
        ArgumentException.ThrowIfNullOrEmpty(RefreshErrorWord);
        ValidateDefined(AuthorizationOutcome, nameof(AuthorizationOutcome));
    }

    private static void ValidateLifetime(TimeSpan lifetime, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, TimeSpan.FromDays(3650), name);
    }
}
