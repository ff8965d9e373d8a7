namespace LinkedInExports.Emulator.Faults;

/// <summary>
/// Something to go wrong, and with which requests. Made by the factory methods and narrowed with <c>with</c>:
/// <c>Fault.TruncateBody(1000) with { PathPrefix = "/ambry/", Skip = 1 }</c>.
/// </summary>
public sealed record Fault
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Only requests with this verb, <c>POST</c> for tunnelled ones; <c>null</c> for any.</summary>
    public string? Method { get; init; }

    /// <summary>Only requests whose path starts like this, <c>/v2</c> included; <c>null</c> for any.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>Number of matching requests, counted from now on, that pass first.</summary>
    public int Skip { get; init; }

    /// <summary>Number of requests to apply to; <see cref="int.MaxValue"/> for all of them.</summary>
    public int Times { get; init; } = 1;

    /// <summary>
    /// How long after it was added the fault begins, by the emulator's clock. Matching requests before that neither suffer from
    /// it nor count.
    /// </summary>
    public TimeSpan After { get; init; }

    /// <summary>
    /// How long it lasts from then on, whatever <see cref="Times"/> says; <c>null</c> for as long as its count lasts.
    /// </summary>
    public TimeSpan? For { get; init; }

    /// <summary>How long <see cref="FaultKind.Latency"/> waits, in real time.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Number of body bytes that are still sent by the faults of the body.</summary>
    public long AtByte { get; init; }

    /// <summary>HTTP status of <see cref="FaultKind.Status"/>.</summary>
    public int StatusCode { get; init; } = 500;

    /// <summary>Body of <see cref="FaultKind.Status"/>.</summary>
    public FaultBody Body { get; init; } = FaultBody.Json;

    /// <summary>The <c>Retry-After</c> of <see cref="FaultKind.Status"/>, whole seconds; <c>null</c> for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether <c>Retry-After</c> is a date by the emulator's clock instead of a number of seconds.</summary>
    public bool RetryAfterAsDate { get; init; }

    /// <summary>Where <see cref="FaultKind.Redirect"/> leads, as it is sent.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>What <see cref="FaultKind.Rewrite"/> changes.</summary>
    public ResponseRewrite? Rewrite { get; init; }

    /// <inheritdoc cref="FaultKind.Latency"/>
    public static Fault Latency(TimeSpan delay) => new() { Kind = FaultKind.Latency, Delay = delay };

    /// <inheritdoc cref="FaultKind.ResetBeforeEffect"/>
    public static Fault ResetBeforeEffect() => new() { Kind = FaultKind.ResetBeforeEffect };

    /// <inheritdoc cref="FaultKind.ResetAfterEffect"/>
    public static Fault ResetAfterEffect() => new() { Kind = FaultKind.ResetAfterEffect };

    /// <inheritdoc cref="FaultKind.TruncateBody"/>
    public static Fault TruncateBody(long atByte) => new() { Kind = FaultKind.TruncateBody, AtByte = atByte };

    /// <inheritdoc cref="FaultKind.ShortBody"/>
    public static Fault ShortBody(long atByte) => new() { Kind = FaultKind.ShortBody, AtByte = atByte };

    /// <inheritdoc cref="FaultKind.StallBody"/>
    public static Fault StallBody(long atByte) => new() { Kind = FaultKind.StallBody, AtByte = atByte };

    /// <inheritdoc cref="FaultKind.Status"/>
    public static Fault Status(
        int statusCode,
        FaultBody body = FaultBody.Json,
        TimeSpan? retryAfter = null,
        bool retryAfterAsDate = false
    ) =>
        new()
        {
            Kind = FaultKind.Status,
            StatusCode = statusCode,
            Body = body,
            RetryAfter = retryAfter,
            RetryAfterAsDate = retryAfterAsDate,
        };

    /// <inheritdoc cref="FaultKind.ExpiredLink"/>
    public static Fault ExpiredLink() => new() { Kind = FaultKind.ExpiredLink };

    /// <inheritdoc cref="FaultKind.Redirect"/>
    public static Fault Redirect(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return new() { Kind = FaultKind.Redirect, RedirectTo = location.AbsoluteUri };
    }

    /// <inheritdoc cref="FaultKind.HtmlInsteadOfCsv"/>
    public static Fault HtmlInsteadOfCsv() => new() { Kind = FaultKind.HtmlInsteadOfCsv };

    /// <inheritdoc cref="FaultKind.BadJson"/>
    public static Fault BadJson() => new() { Kind = FaultKind.BadJson };

    /// <inheritdoc cref="FaultKind.Rewrite"/>
    public static Fault RewriteResponse(ResponseRewrite rewrite) => new() { Kind = FaultKind.Rewrite, Rewrite = rewrite };

    /// <summary>
    /// An outage: every request is answered with an error status for some time, beginning now unless narrowed with
    /// <see cref="After"/>.
    /// </summary>
    public static Fault Outage(TimeSpan duration, int statusCode = 503, FaultBody body = FaultBody.Json) =>
        Status(statusCode, body) with
        {
            For = duration,
        };

    /// <inheritdoc cref="FaultKind.LeakySecret"/>
    public static Fault LeakySecret() => new() { Kind = FaultKind.LeakySecret };

    internal bool Matches(string method, string path) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (PathPrefix is null || path.StartsWith(PathPrefix, StringComparison.Ordinal));
}
