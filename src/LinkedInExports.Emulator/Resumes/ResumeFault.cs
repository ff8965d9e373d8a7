namespace LinkedInExports.Emulator.Resumes;

/// <summary>
/// A fault and the records in batches to which it applies. Create it with a factory method and restrict it with
/// <c>with</c>: <c>ResumeFault.Refuse(429) with { CandidateIdPrefix = "C-1", Every = 3 }</c>.
/// </summary>
public sealed record ResumeFault
{
    /// <summary>The kind of fault.</summary>
    public required ResumeFaultKind Kind { get; init; }

    /// <summary>The start of <c>tcrmCandidateId</c>, or <c>null</c> for any.</summary>
    public string? CandidateIdPrefix { get; init; }

    /// <summary>The start of <c>tcrmResumeId</c>, or <c>null</c> for any.</summary>
    public string? ResumeIdPrefix { get; init; }

    /// <summary>
    /// A condition for <c>tcrmCandidateId</c> and <c>tcrmResumeId</c>, or <c>null</c> for any.
    /// </summary>
    public Func<string, string, bool>? Where { get; init; }

    /// <summary>Applies the fault only to every n-th matching record since the fault was added.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The number of records to apply to, or <see cref="int.MaxValue"/> for all.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>
    /// The status in the error of <see cref="ResumeFaultKind.Refuse"/>, or in the first response of
    /// <see cref="ResumeFaultKind.AnsweredTwice"/>.
    /// </summary>
    public int StatusCode { get; init; } = 500;

    /// <summary>The message of the error. <c>${token}</c> is replaced by the bearer token of the request.</summary>
    public string Message { get; init; } = "Internal Server Error";

    /// <summary>
    /// The bytes between the quotes of the JSON message, which can be invalid, or <c>null</c> to use
    /// <see cref="Message"/>.
    /// </summary>
    public byte[]? RawMessage { get; init; }

    /// <summary>Whether the record is written or deleted despite the error.</summary>
    public bool TakesEffect { get; init; }

    /// <inheritdoc cref="ResumeFaultKind.Refuse"/>
    public static ResumeFault Refuse(int statusCode) =>
        new()
        {
            Kind = ResumeFaultKind.Refuse,
            StatusCode = statusCode,
            Message = DefaultMessage(statusCode),
        };

    /// <inheritdoc cref="ResumeFaultKind.NoAnswer"/>
    public static ResumeFault NoAnswer() => new() { Kind = ResumeFaultKind.NoAnswer };

    /// <inheritdoc cref="ResumeFaultKind.AnsweredTwice"/>
    public static ResumeFault AnsweredTwice(int statusCode) =>
        new() { Kind = ResumeFaultKind.AnsweredTwice, StatusCode = statusCode };

    /// <inheritdoc cref="ResumeFaultKind.StrayAnswer"/>
    public static ResumeFault StrayAnswer() => new() { Kind = ResumeFaultKind.StrayAnswer };

    internal bool Matches(EmulatedResumeKey key) =>
        StartsWith(key.CandidateId, CandidateIdPrefix)
        && StartsWith(key.ResumeId, ResumeIdPrefix)
        && Where?.Invoke(key.CandidateId ?? "", key.ResumeId ?? "") != false;

    internal static string DefaultMessage(int statusCode) =>
        statusCode switch
        {
            400 => "resumeFile is not accessible",
            429 => Http.LinkedInError.ThrottleMessage,
            500 => "Internal Server Error",
            503 => "Service Unavailable",
            _ => $"Status {statusCode}",
        };

    private static bool StartsWith(string? id, string? prefix) =>
        prefix is null || id?.StartsWith(prefix, StringComparison.Ordinal) == true;
}
