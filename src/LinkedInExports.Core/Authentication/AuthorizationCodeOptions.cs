namespace LinkedInExports.Core.Authentication;

/// <summary>The settings of a member's sign-in.</summary>
public sealed record AuthorizationCodeOptions
{
    /// <summary>
    /// The loopback address to which LinkedIn redirects the browser. It must be registered with the application.
    /// </summary>
    public Uri RedirectUri { get; init; } = new("http://localhost:8912/callback");

    /// <summary>The requested scopes, for example <c>r_sales_nav_analytics</c>.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>
    /// Whether to use PKCE, if LinkedIn has enabled it for the application.
    /// </summary>
    public bool UsePkce { get; init; }

    /// <summary>The maximum time for the sign-in.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
