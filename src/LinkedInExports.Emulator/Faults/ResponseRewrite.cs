namespace LinkedInExports.Emulator.Faults;

/// <summary>
/// Changes to a response. The result is sent as it is, even if it is not valid HTTP, and the connection is closed.
/// </summary>
/// <remarks>
/// In header values, bodies and replacements, <c>${token}</c> is replaced by the bearer token of the request, <c>${target}</c>
/// by its path and query, <c>${body}</c> by its body, and <c>${link}</c> by the newest signed link.
/// </remarks>
public sealed record ResponseRewrite
{
    /// <summary>The status with any number of digits, or <c>null</c> to keep it.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The reason phrase, or <c>null</c> for the standard one.</summary>
    public string? ReasonPhrase { get; init; }

    /// <summary>
    /// The headers to set by name, including <c>Content-Length</c> and <c>Date</c>. <c>null</c> removes a header. Characters up
    /// to U+00FF are sent as one byte, others in UTF-8.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Headers { get; init; } = new Dictionary<string, string?>();

    /// <summary>The body as text, or <c>null</c> to keep it.</summary>
    public string? Body { get; init; }

    /// <summary>The body as bytes. Takes precedence over <see cref="Body"/>.</summary>
    public byte[]? BodyBytes { get; init; }

    /// <summary>The replacements in the body, in order.</summary>
    public IReadOnlyList<BodyReplacement> Replacements { get; init; } = [];

    /// <summary>The content encoding to apply: <c>gzip</c>, <c>deflate</c> or <c>br</c>.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The number of body bytes in each write, or <c>null</c> for all.</summary>
    public int? BytesAtOnce { get; init; }

    /// <summary>The delay between the writes of <see cref="BytesAtOnce"/>, in real time.</summary>
    public TimeSpan Pause { get; init; }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Headers);
        ArgumentNullException.ThrowIfNull(Replacements);
        if (ContentEncoding is not (null or "gzip" or "deflate" or "br"))
            throw new ArgumentException("ContentEncoding must be gzip, deflate or br. For other values, set the header.");
        if (BytesAtOnce is <= 0)
            throw new ArgumentException("BytesAtOnce must be at least 1.");
        if (Pause < TimeSpan.Zero)
            throw new ArgumentException("Pause must be at least 0.");
        if (Replacements.Any(replacement => replacement.Find is not { Length: > 0 }))
            throw new ArgumentException("The text to find is empty.");
    }
}
