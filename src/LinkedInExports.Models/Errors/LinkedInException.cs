using LinkedInExports.Text;

namespace LinkedInExports;

/// <summary>A failure with a stable name, LinkedIn's own words where it sent some, and no secret in it.</summary>
public sealed class LinkedInException : Exception
{
    internal LinkedInException(LinkedInErrorId id, SanitizedText message, Exception? inner = null)
        : base(message.ToString(), SanitizedException.Sanitize(inner)) => Id = id;

    /// <summary>The error of one item that an exception ended which nothing in this module expects.</summary>
    /// <param name="what">What could not be done, as in "Could not …".</param>
    /// <param name="exception">The exception.</param>
    /// <param name="target">What failed, as <see cref="Target"/>.</param>
    /// <returns>The exception itself if it is a <see cref="LinkedInException"/>.</returns>
    internal static LinkedInException FromUnexpected(SanitizedText what, Exception exception, string? target = null) =>
        exception as LinkedInException
        ?? new(LinkedInErrorId.InternalError, $"Could not {what}: unexpected {exception.GetType().Name}: {exception.Message}", exception) { Target = target };

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
    public string? Target
    {
        get;
        internal init => field = value is null ? null : Sanitizer.Sanitize(value);
    }

    /// <summary>Whether the same request may well succeed later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether LinkedIn certainly did not act on the request.</summary>
    internal bool IsNotProcessed { get; set; }

    /// <summary>Whether every other request of the same run would fail for the same reason, such as a rejected certificate.</summary>
    internal bool IsPermanent { get; init; }

    /// <summary>The reason of a permanent failure, without what it kept from being done.</summary>
    internal SanitizedText? Detail { get; init; }
}
