using Polly;
using Polly.Retry;

namespace LinkedInExports.Core.Http;

/// <summary>Settings for retries and timeouts.</summary>
public sealed record RetryOptions
{
    /// <summary>The maximum number of retries.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The first delay; each further one is about twice as long, with jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum delay between retries.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum delay that is accepted from a server, in place of the computed one.</summary>
    public TimeSpan MaxServerDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The minimum delay after 429 for a request with a quota, as long as the minute of LinkedIn's limit. Only the first delay
    /// that LinkedIn sends may be shorter.
    /// </summary>
    public TimeSpan RateLimitDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The delay before a rejected new token is tried again.</summary>
    public TimeSpan TokenPropagationDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The timeout for the headers of a response, or for a complete small response.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The timeout for a download that sends no data.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The first delay before missing or rejected links of a completed job are requested again; each further one is twice as
    /// long, up to <see cref="MaxDelay"/>.
    /// </summary>
    public TimeSpan LinkPollDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time for which usable links of a completed job are requested.</summary>
    public TimeSpan LinkTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether delays are random, which spreads the retries of many machines. Tests need the same delays.</summary>
    internal bool UseJitter { get; init; } = true;

    /// <summary>Creates a Polly strategy with these retries and delays. The caller decides what is retried.</summary>
    internal RetryStrategyOptions CreateStrategyOptions() =>
        new()
        {
            MaxRetryAttempts = MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = UseJitter,
            Delay = BaseDelay,
            MaxDelay = MaxDelay,
        };

    /// <summary>
    /// Gets the delay that a server requested, at most <see cref="MaxServerDelay"/>; null if it requested none.
    /// </summary>
    internal TimeSpan? GetServerDelay(Exception? exception) =>
        exception is LinkedInException { RetryAfter: { } retryAfter }
            ? (retryAfter < MaxServerDelay ? retryAfter : MaxServerDelay)
            : null;
}
