using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>An access token with its lifetime.</summary>
/// <param name="value">The value of the token.</param>
/// <param name="issuedAt">The time at which it was received.</param>
/// <param name="lifetime">The lifetime of the token, or null if it is unknown.</param>
public sealed class AccessToken(string value, DateTimeOffset issuedAt, TimeSpan? lifetime)
{
    /// <summary>
    /// The fraction of the lifetime after which the token is replaced, so that it does not expire during a request.
    /// </summary>
    private const double RefreshThreshold = 0.8;

    /// <summary>Newly issued tokens may be rejected until they propagate.</summary>
    private static readonly TimeSpan PropagationWindow = TimeSpan.FromMinutes(1);

    private readonly Secret _secret = new(value);

    internal string Value => _secret.Value;

    /// <summary>The time at which the token expires, or null if it is unknown.</summary>
    public DateTimeOffset? ExpiresAt => issuedAt + lifetime;

    internal bool ShouldRefresh(DateTimeOffset now) =>
        lifetime is { } life && now >= issuedAt + TimeSpan.FromTicks((long)(life.Ticks * RefreshThreshold));

    internal bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    internal bool IsRecentlyIssued(DateTimeOffset now) => now < issuedAt + PropagationWindow;

    /// <summary>Does not contain the token.</summary>
    public override string ToString() => nameof(AccessToken);
}
