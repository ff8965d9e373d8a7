using LinkedInExports.Text;

namespace LinkedInExports;

/// <summary>
/// A failure with a stable id and, where LinkedIn responded, the details of its response. It contains no secrets.
/// </summary>
public sealed class LinkedInException : Exception
{
    internal LinkedInException(LinkedInErrorId id, SanitizedText message, Exception? inner = null)
        : base(message.ToString(), SanitizedException.Sanitize(inner))
    {
        Id = id;
        MessageForm = message.ToForm();
    }

    /// <summary>Creates the error of an item for an exception that this module does not expect.</summary>
    /// <param name="what">The operation that failed, as it follows "Could not".</param>
    /// <param name="exception">The exception.</param>
    /// <param name="target">The value of <see cref="Target"/>.</param>
    /// <returns>The exception itself if it is a <see cref="LinkedInException"/>.</returns>
    internal static LinkedInException FromUnexpected(SanitizedText what, Exception exception, string? target = null) =>
        exception as LinkedInException
        ?? new(
            LinkedInErrorId.InternalError,
            $"Could not {what}: unexpected {exception.GetType().Name}: {exception.Message}",
            exception
        )
        {
            Target = target,
        };

    /// <summary>The id of the failure.</summary>
    public LinkedInErrorId Id { get; }

    /// <summary>The HTTP status code; null without a response.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>LinkedIn's <c>serviceErrorCode</c>.</summary>
    public int? ServiceErrorCode { get; internal init; }

    /// <summary>LinkedIn's <c>code</c>, for example <c>ACCESS_DENIED</c>.</summary>
    public string? Code { get; internal init; }

    /// <summary>LinkedIn's trace id of the request, which its support may ask for.</summary>
    public string? TraceId { get; internal init; }

    /// <summary>The delay that LinkedIn requested.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The item that failed, such as a job id, a path or a row.</summary>
    public string? Target
    {
        get;
        internal init => field = value is null ? null : Sanitizer.Sanitize(value);
    }

    /// <summary>The message with an ellipsis in place of each value.</summary>
    internal string MessageForm { get; private init; }

    /// <summary>Whether the same request may succeed later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether LinkedIn definitely did not process the request.</summary>
    internal bool IsNotProcessed { get; init; }

    /// <summary>Whether LinkedIn may have processed the request although it failed.</summary>
    internal bool IsOutcomeUnknown => !IsNotProcessed && (IsTransient || StatusCode >= 500);

    /// <summary>
    /// Whether every other request of the same run would fail for the same reason, such as a rejected certificate.
    /// </summary>
    internal bool AffectsAllRequests { get; init; }

    /// <summary>The reason of a permanent failure, without the operation that it prevented.</summary>
    internal SanitizedText? Detail { get; init; }

    /// <summary>The reason that a record of a resume sync has because of this failure, or null.</summary>
    internal ResumeSyncReason? SyncReason { get; init; }

    /// <summary>Creates a copy for a request that was not processed because of this failure.</summary>
    internal LinkedInException ToNotProcessed() => Copy(Message, isNotProcessed: true);

    /// <summary>Creates a copy with another message, which for example names the record.</summary>
    internal LinkedInException WithMessage(SanitizedText message) => Copy(message, IsNotProcessed);

    private LinkedInException Copy(SanitizedText message, bool isNotProcessed) =>
        new(Id, message, InnerException)
        {
            StatusCode = StatusCode,
            ServiceErrorCode = ServiceErrorCode,
            Code = Code,
            TraceId = TraceId,
            RetryAfter = RetryAfter,
            Target = Target,
            IsTransient = IsTransient,
            AffectsAllRequests = AffectsAllRequests,
            Detail = Detail,
            SyncReason = SyncReason,
            IsNotProcessed = isNotProcessed,
            MessageForm = message.ToForm() is "\u2026" ? MessageForm : message.ToForm(),
        };
}
