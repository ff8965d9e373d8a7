namespace LinkedInExports.Emulator.Authentication;

/// <summary>A token that access tokens of a member can be had for.</summary>
internal sealed record RefreshToken(string Value, MemberGrant Grant, DateTimeOffset ExpiresAt);
