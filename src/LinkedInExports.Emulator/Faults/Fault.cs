namespace LinkedInExports.Emulator.Faults;

/// <summary>
/// A fault and the requests to which it applies. Create it with a factory method and restrict it with <c>with</c>:
/// <c>Fault.TruncateBody(1000) with { PathPrefix = "/ambry/", Skip = 1 }</c>.
/// </summary>
public sealed record Fault
{
    /// <summary>The kind of fault.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The HTTP method, <c>POST</c> for tunneled requests, or <c>null</c> for any.</summary>
    public string? Method { get; init; }

    /// <summary>The start of the path, with <c>/v2</c>, or <c>null</c> for any.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>The number of matching requests to skip.</summary>
    public int Skip { get; init; }

    /// <summary>The number of requests to apply to, or <see cref="int.MaxValue"/> for all.</summary>
    public int Times { get; init; } = 1;

    /// <summary>
    /// The time after which the fault begins, by the emulator's clock. Matching requests before that time are not affected and
    /// do not count.
    /// </summary>
    public TimeSpan After { get; init; }

    /// <summary>
    /// The duration of the fault, regardless of <see cref="Times"/>, or <c>null</c> to use <see cref="Times"/>.
    /// </summary>
    public TimeSpan? For { get; init; }

    /// <summary>The delay of <see cref="FaultKind.Latency"/>, in real time.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The number of body bytes that are sent before the fault.</summary>
    public long AtByte { get; init; }

    /// <summary>The HTTP status of <see cref="FaultKind.Status"/>.</summary>
    public int StatusCode { get; init; } = 500;

    /// <summary>The body of <see cref="FaultKind.Status"/>.</summary>
    public FaultBody Body { get; init; } = FaultBody.Json;

    /// <summary>The <c>Retry-After</c> of <see cref="FaultKind.Status"/> in whole seconds, or <c>null</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether <c>Retry-After</c> is a date by the emulator's clock instead of a number of seconds.</summary>
    public bool RetryAfterAsDate { get; init; }

    /// <summary>The <c>Location</c> of <see cref="FaultKind.Redirect"/>.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>The changes of <see cref="FaultKind.Rewrite"/>.</summary>
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
    /// Creates an outage: all requests return an error status for some time, starting now or after
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
