namespace LinkedInExports.Emulator.Resumes;

/// <summary>
/// Something to go wrong with single records of batches, and with which. Made by the factory methods and narrowed with
/// <c>with</c>: <c>ResumeFault.Refuse(429) with { CandidateIdPrefix = "C-1", Every = 3 }</c>.
/// </summary>
public sealed record ResumeFault
{
    /// <summary>What goes wrong.</summary>
    public required ResumeFaultKind Kind { get; init; }

    /// <summary>Only records whose <c>tcrmCandidateId</c> starts like this; <c>null</c> for any.</summary>
    public string? CandidateIdPrefix { get; init; }

    /// <summary>Only records whose <c>tcrmResumeId</c> starts like this; <c>null</c> for any.</summary>
    public string? ResumeIdPrefix { get; init; }

    /// <summary>
    /// Only records for which this is true, given <c>tcrmCandidateId</c> and <c>tcrmResumeId</c>; <c>null</c> for any.
    /// </summary>
    public Func<string, string, bool>? Where { get; init; }

    /// <summary>Of the matching records only every so-manieth, counted from when the fault was added.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Number of records to apply to; <see cref="int.MaxValue"/> for all of them.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>
    /// The status in the error of <see cref="ResumeFaultKind.Refuse"/>, or in the first of two answers of
    /// <see cref="ResumeFaultKind.AnsweredTwice"/>.
    /// </summary>
    public int StatusCode { get; init; } = 500;

    /// <summary>The message in that error; <c>${token}</c> stands for the bearer token of the request.</summary>
    public string Message { get; init; } = "Internal Server Error";

    /// <summary>
    /// The bytes between the quotes of the message in the JSON, escaped or not, valid or not; <c>null</c> for
    /// <see cref="Message"/>.
    /// </summary>
    public byte[]? RawMessage { get; init; }

    /// <summary>Whether the record is written or deleted all the same.</summary>
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
