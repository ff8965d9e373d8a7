namespace LinkedInExports;

/// <summary>A failure with a stable name, LinkedIn's own words where it sent some, and no secret in it.</summary>
public sealed class LinkedInException : Exception
{
    internal LinkedInException(LinkedInErrorId id, string message, Exception? inner = null)
        : base(message, inner) => Id = id;

    /// <summary>Which failure it is.</summary>
    public LinkedInErrorId Id { get; }

    /// <summary>The HTTP status, when LinkedIn answered.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>LinkedIn's <c>serviceErrorCode</c>.</summary>
    public int? ServiceErrorCode { get; internal init; }

    /// <summary>LinkedIn's <c>code</c>, for example <c>ACCESS_DENIED</c>.</summary>
    public string? Code { get; internal init; }

    /// <summary>LinkedIn's trace id of the request, for its support.</summary>
    public string? TraceId { get; internal init; }

    /// <summary>How long LinkedIn asked to wait.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>What failed, in a word that the user knows: a job id, a path, a row.</summary>
    public string? Target { get; internal init; }

    /// <summary>Whether the same request may well succeed later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether LinkedIn certainly did not act on the request.</summary>
    internal bool HadNoEffect { get; set; }
}
