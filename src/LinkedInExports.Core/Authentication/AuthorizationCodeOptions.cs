namespace LinkedInExports.Core.Authentication;

/// <summary>How a member signs in.</summary>
public sealed record AuthorizationCodeOptions
{
    /// <summary>
    /// Where LinkedIn sends the browser back to; a loopback address that is registered with the application.
    /// </summary>
    public Uri RedirectUri { get; init; } = new("http://localhost:8912/callback");

    /// <summary>What the token is for, for example <c>r_sales_nav_analytics</c>.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>
    /// Whether to prove with PKCE that who asked is who got the answer; for applications that LinkedIn enabled it for.
    /// </summary>
    public bool UsePkce { get; init; }

    /// <summary>How long the member may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
