namespace LinkedInExports.Core.Http;

/// <summary>How often and how patiently a request is repeated.</summary>
public sealed class RetryOptions
{
    /// <summary>Repetitions after the first attempt.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The first pause; each further one is about twice as long, with jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause of our own choosing.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause that a server may ask for; it beats ours up to this.</summary>
    public TimeSpan MaxServerDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long to wait when records were too many and LinkedIn does not say how long: then the minute that it counts in is
    /// over, whenever it began.
    /// </summary>
    public TimeSpan RateLimitDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before a token that was just made, and refused, is tried again.</summary>
    public TimeSpan TokenPropagationDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for the head of an answer, or for the whole of a small one.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a download may send nothing.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The first pause before a completed job is asked again for links that it does not have, or that are rejected; each further
    /// one is twice as long, up to <see cref="MaxDelay"/>.
    /// </summary>
    public TimeSpan LinkPollDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a completed job is asked for links that can be used.</summary>
    public TimeSpan LinkTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The delay that a server asked for, at most <see cref="MaxServerDelay"/>; null if it did not ask.</summary>
    internal TimeSpan? GetServerDelay(Exception? exception) =>
        exception is LinkedInException { RetryAfter: { } retryAfter }
            ? (retryAfter < MaxServerDelay ? retryAfter : MaxServerDelay)
            : null;
}
