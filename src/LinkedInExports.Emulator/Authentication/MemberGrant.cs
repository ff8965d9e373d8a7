namespace LinkedInExports.Emulator.Authentication;

/// <summary>The consent of a member, which all tokens go back to that follow from it.</summary>
/// <param name="Scope">A normalized <see cref="ScopeSet"/>.</param>
/// <param name="AuthorizedAt">When the member agreed; refreshing does not change it.</param>
internal sealed record MemberGrant(string Scope, DateTimeOffset AuthorizedAt);
