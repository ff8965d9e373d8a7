using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Emulator.Control;

/// <summary>The JSON of a rewrite.</summary>
internal sealed record RewriteJson
{
    public int? StatusCode { get; init; }

    public string? ReasonPhrase { get; init; }

    public Dictionary<string, string?>? Headers { get; init; }

    public string? Body { get; init; }

    public byte[]? BodyBase64 { get; init; }

    public ReplacementJson[]? Replace { get; init; }

    public string? ContentEncoding { get; init; }

    public int? BytesAtOnce { get; init; }

    public double? PauseSeconds { get; init; }

    public static RewriteJson From(ResponseRewrite rewrite) =>
        new()
        {
            StatusCode = rewrite.StatusCode,
            ReasonPhrase = rewrite.ReasonPhrase,
            Headers = rewrite.Headers.Count == 0 ? null : new(rewrite.Headers),
            Body = rewrite.Body,
            BodyBase64 = rewrite.BodyBytes,
            Replace =
                rewrite.Replacements.Count == 0
                    ? null
                    :
                    [
                        .. rewrite.Replacements.Select(replacement => new ReplacementJson
                        {
                            Find = replacement.Find,
                            WithBase64 = replacement.With,
                        }),
                    ],
            ContentEncoding = rewrite.ContentEncoding,
            BytesAtOnce = rewrite.BytesAtOnce,
            PauseSeconds = rewrite.Pause == default ? null : rewrite.Pause.TotalSeconds,
        };

    public ResponseRewrite ToRewrite() =>
        new()
        {
            StatusCode = StatusCode,
            ReasonPhrase = ReasonPhrase,
            Headers = Headers ?? [],
            Body = Body,
            BodyBytes = BodyBase64,
            Replacements = [.. (Replace ?? []).Select(replacement => replacement.ToReplacement())],
            ContentEncoding = ContentEncoding,
            BytesAtOnce = BytesAtOnce,
            Pause = TimeSpan.FromSeconds(PauseSeconds ?? 0),
        };
}

/// <summary>The JSON of a replacement in a body.</summary>
internal sealed record ReplacementJson
{
    public required string Find { get; init; }

    public string? With { get; init; }

    public byte[]? WithBase64 { get; init; }

    public BodyReplacement ToReplacement() => WithBase64 is { } bytes ? new(Find, bytes) : new(Find, With ?? "");
}
