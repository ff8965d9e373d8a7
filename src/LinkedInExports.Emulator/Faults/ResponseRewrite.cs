namespace LinkedInExports.Emulator.Faults;

/// <summary>
/// Changes to an answer, which is then sent byte for byte as they make it, valid HTTP or not, and the connection is closed.
/// </summary>
/// <remarks>
/// In header values, bodies and replacements, <c>${token}</c> stands for the bearer token of the request, <c>${target}</c> for
/// its path and query, <c>${body}</c> for its body and <c>${link}</c> for the newest signed link.
/// </remarks>
public sealed record ResponseRewrite
{
    /// <summary>Another status, of any number of digits; <c>null</c> for that of the answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Another reason phrase; <c>null</c> for the usual one.</summary>
    public string? ReasonPhrase { get; init; }

    /// <summary>
    /// Headers to set, by name; <c>null</c> removes one. <c>Content-Length</c> and <c>Date</c> are as any other. Characters up
    /// to U+00FF are sent as one byte each, others in UTF-8.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Headers { get; init; } = new Dictionary<string, string?>();

    /// <summary>Another body, as text; <c>null</c> for that of the answer.</summary>
    public string? Body { get; init; }

    /// <summary>Another body, as bytes; comes before <see cref="Body"/>.</summary>
    public byte[]? BodyBytes { get; init; }

    /// <summary>What is replaced in the body, one after the other.</summary>
    public IReadOnlyList<BodyReplacement> Replacements { get; init; } = [];

    /// <summary><c>gzip</c>, <c>deflate</c> or <c>br</c>: encodes the body and says so in <c>Content-Encoding</c>.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Number of bytes of the body that are sent at once; <c>null</c> for all.</summary>
    public int? BytesAtOnce { get; init; }

    /// <summary>How long to wait before each further piece of <see cref="BytesAtOnce"/>, in real time.</summary>
    public TimeSpan Pause { get; init; }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Headers);
        ArgumentNullException.ThrowIfNull(Replacements);
        if (ContentEncoding is not (null or "gzip" or "deflate" or "br"))
            throw new ArgumentException("ContentEncoding has to be gzip, deflate or br; for another word set the header.");
        if (BytesAtOnce is <= 0)
            throw new ArgumentException("BytesAtOnce has to be at least 1.");
        if (Pause < TimeSpan.Zero)
            throw new ArgumentException("Pause has to be at least 0.");
        if (Replacements.Any(replacement => replacement.Find is not { Length: > 0 }))
            throw new ArgumentException("A replacement has nothing to find.");
    }
}
