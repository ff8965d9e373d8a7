using LinkedInExports.Emulator.Authentication;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>An authorization code and its request.</summary>
internal sealed record AuthorizationCode(
    string Value,
    MemberGrant Grant,
    string RedirectUri,
    string? Challenge,
    DateTimeOffset ExpiresAt
);
