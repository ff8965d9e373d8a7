using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Emulator.Control;

/// <summary>The JSON of a fault.</summary>
internal sealed record FaultJson
{
    public required FaultKind Kind { get; init; }

    public string? Method { get; init; }

    public string? PathPrefix { get; init; }

    public int Skip { get; init; }

    /// <summary>The number of requests, or -1 for all.</summary>
    public int Times { get; init; } = 1;

    public double? AfterSeconds { get; init; }

    public double? ForSeconds { get; init; }

    public double? DelaySeconds { get; init; }

    public long? AtByte { get; init; }

    public int? StatusCode { get; init; }

    public FaultBody? Body { get; init; }

    public double? RetryAfterSeconds { get; init; }

    public bool? RetryAfterAsDate { get; init; }

    public string? RedirectTo { get; init; }

    public RewriteJson? Rewrite { get; init; }

    public static FaultJson From(Fault fault)
    {
        bool hasStatus = fault.Kind == FaultKind.Status;
        return new()
        {
            Kind = fault.Kind,
            Method = fault.Method,
            PathPrefix = fault.PathPrefix,
            Skip = fault.Skip,
            Times = fault.Times == int.MaxValue ? -1 : fault.Times,
            DelaySeconds = fault.Kind == FaultKind.Latency ? fault.Delay.TotalSeconds : null,
            AtByte = IsBodyCut(fault.Kind) ? fault.AtByte : null,
            StatusCode = hasStatus ? fault.StatusCode : null,
            Body = hasStatus ? fault.Body : null,
            RetryAfterSeconds = fault.RetryAfter?.TotalSeconds,
            RetryAfterAsDate = fault.RetryAfter is null ? null : fault.RetryAfterAsDate,
            RedirectTo = fault.RedirectTo,
            AfterSeconds = fault.After == default ? null : fault.After.TotalSeconds,
            ForSeconds = fault.For?.TotalSeconds,
            Rewrite = fault.Rewrite is { } rewrite ? RewriteJson.From(rewrite) : null,
        };
    }

    public Fault ToFault()
    {
        if (Times == 0 || Skip < 0)
            throw new FormatException("times must be -1 or at least 1, and skip at least 0");
        if (Kind == FaultKind.Latency && DelaySeconds is not >= 0)
            throw new FormatException("latency requires delaySeconds");
        if (IsBodyCut(Kind) && AtByte is not >= 0)
            throw new FormatException("this kind requires atByte");
        if (Kind == FaultKind.Status && StatusCode is not (>= 200 and <= 599))
            throw new FormatException("status requires statusCode");
        if (Kind == FaultKind.Redirect && RedirectTo is null)
            throw new FormatException("redirect requires redirectTo");
        if ((Kind == FaultKind.Rewrite) != Rewrite is not null)
            throw new FormatException("rewrite requires the property rewrite, which no other kind has");
        if (AfterSeconds is < 0 || ForSeconds is < 0)
            throw new FormatException("afterSeconds and forSeconds must be at least 0");
        return new()
        {
            Kind = Kind,
            Method = Method,
            PathPrefix = PathPrefix,
            Skip = Skip,
            Times = Times < 0 ? int.MaxValue : Times,
            Delay = TimeSpan.FromSeconds(DelaySeconds ?? 0),
            AtByte = AtByte ?? 0,
            StatusCode = StatusCode ?? 500,
            Body = Body ?? FaultBody.Json,
            RetryAfter = RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            RetryAfterAsDate = RetryAfterAsDate ?? false,
            RedirectTo = RedirectTo,
            After = TimeSpan.FromSeconds(AfterSeconds ?? 0),
            For = ForSeconds is { } duration ? TimeSpan.FromSeconds(duration) : null,
            Rewrite = Rewrite?.ToRewrite(),
        };
    }

    private static bool IsBodyCut(FaultKind kind) => kind is FaultKind.TruncateBody or FaultKind.ShortBody or FaultKind.StallBody;
}
