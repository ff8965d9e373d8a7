using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>A token and its life.</summary>
/// <param name="value">What goes behind <c>Bearer</c>.</param>
/// <param name="issuedAt">When it was received.</param>
/// <param name="lifetime">How long it is good for; null when nobody said.</param>
public sealed class AccessToken(string value, DateTimeOffset issuedAt, TimeSpan? lifetime)
{
    /// <summary>The part of its life after which it is replaced, so that no request meets its end.</summary>
    private const double RefreshThreshold = 0.8;

    /// <summary>A token just issued may be refused for a moment; after that it is refused for good.</summary>
    private static readonly TimeSpan PropagationWindow = TimeSpan.FromMinutes(1);

    private readonly Secret _secret = new(value);

    internal string Value => _secret.Value;

    /// <summary>When its life is over.</summary>
    public DateTimeOffset? ExpiresAt => issuedAt + lifetime;

    internal bool ShouldRefresh(DateTimeOffset now) => lifetime is { } life && now >= issuedAt + TimeSpan.FromTicks((long)(life.Ticks * RefreshThreshold));

    internal bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    internal bool IsRecentlyIssued(DateTimeOffset now) => now < issuedAt + PropagationWindow;

    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => nameof(AccessToken);
}
