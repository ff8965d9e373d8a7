using LinkedInExports.Emulator.OAuth;

namespace LinkedInExports.Emulator;

/// <content>The application, its tokens, and how they are had.</content>
public sealed partial class EmulatorOptions
{
    /// <summary>The id of the one application that may ask for tokens.</summary>
    public string ClientId { get; init; } = "78emulatorclient";

    /// <summary>Its secret; <c>null</c> makes a new one at every start, with <c>/</c>, <c>+</c> and <c>=</c> in it.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>A refresh token that is valid from the start; <c>null</c> makes a new one at every start.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>How long an access token of the application lives.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an access token of a member lives.</summary>
    public TimeSpan MemberTokenLifetime { get; init; } = TimeSpan.FromDays(60);

    /// <summary>How long a refresh token lives after the member agreed; use does not make it longer.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Whether each refresh returns another refresh token and kills the one it was asked with.</summary>
    public bool RotateRefreshTokens { get; init; }

    /// <summary>
    /// <c>false</c> leaves refresh tokens out of all answers, as for applications that are not approved for them.
    /// </summary>
    public bool IssueRefreshTokens { get; init; } = true;

    /// <summary>Whether the application may have tokens without a member.</summary>
    public bool ClientCredentialsAllowed { get; init; } = true;

    /// <summary>
    /// The permissions the application has; another one in an authorization request is refused. <c>null</c> for all.
    /// </summary>
    public string[]? GrantedScopes { get; init; }

    /// <summary>How an authorization ends.</summary>
    public AuthorizationOutcome AuthorizationOutcome { get; init; } = AuthorizationOutcome.Approve;

    /// <summary>
    /// Every issued token is refused as revoked by its first so many requests to the API. LinkedIn does that at times.
    /// Downloads neither refuse it nor count.
    /// </summary>
    public int FreshTokenRefusals { get; init; }

    /// <summary>
    /// Whether <c>expires_in</c> is a JSON string; <c>null</c> as documented: a string for client credentials, else a number.
    /// </summary>
    public bool? ExpiresInAsString { get; init; }

    /// <summary>
    /// Whether the lifetimes in the answer to a refresh are in minutes: the documented sample looks like it, its text says
    /// seconds.
    /// </summary>
    public bool RefreshLifetimesInMinutes { get; init; }

    /// <summary>The error of a wrong client; some pages have <c>invalid_client_id</c>.</summary>
    public string InvalidClientWord { get; init; } = OAuthError.InvalidClient;

    /// <summary>The error of a refresh token that is not valid; <c>invalid_grant</c> was seen too.</summary>
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
