using LinkedInExports.Emulator.Authentication;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>A code and the request it answers.</summary>
internal sealed record AuthorizationCode(
    string Value,
    MemberGrant Grant,
    string RedirectUri,
    string? Challenge,
    DateTimeOffset ExpiresAt
);
