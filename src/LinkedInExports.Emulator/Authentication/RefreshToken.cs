namespace LinkedInExports.Emulator.Authentication;

/// <summary>A token with which a client can get new access tokens of a member.</summary>
internal sealed record RefreshToken(string Value, MemberGrant Grant, DateTimeOffset ExpiresAt);
