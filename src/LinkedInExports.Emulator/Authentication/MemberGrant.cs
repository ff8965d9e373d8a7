namespace LinkedInExports.Emulator.Authentication;

/// <summary>The consent of a member, on which the member's tokens are based.</summary>
/// <param name="Scope">A normalized <see cref="ScopeSet"/>.</param>
/// <param name="AuthorizedAt">The time of the consent. A refresh does not change it.</param>
internal sealed record MemberGrant(string Scope, DateTimeOffset AuthorizedAt);
