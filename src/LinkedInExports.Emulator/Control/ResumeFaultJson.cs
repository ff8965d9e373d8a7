using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Control;

/// <summary>The JSON of a fault of records.</summary>
internal sealed record ResumeFaultJson
{
    public required ResumeFaultKind Kind { get; init; }

    public string? CandidateIdPrefix { get; init; }

    public string? ResumeIdPrefix { get; init; }

    public int Every { get; init; } = 1;

    /// <summary>The number of records, or -1 for all.</summary>
    public int Times { get; init; } = -1;

    public int? StatusCode { get; init; }

    public string? Message { get; init; }

    public byte[]? RawMessageBase64 { get; init; }

    public bool TakesEffect { get; init; }

    public static ResumeFaultJson From(ResumeFault fault)
    {
        bool refuses = fault.Kind == ResumeFaultKind.Refuse;
        bool hasStatus = refuses || fault.Kind == ResumeFaultKind.AnsweredTwice;
        return new()
        {
            Kind = fault.Kind,
            CandidateIdPrefix = fault.CandidateIdPrefix,
            ResumeIdPrefix = fault.ResumeIdPrefix,
            Every = fault.Every,
            Times = fault.Times == int.MaxValue ? -1 : fault.Times,
            StatusCode = hasStatus ? fault.StatusCode : null,
            Message = refuses ? fault.Message : null,
            RawMessageBase64 = fault.RawMessage,
            TakesEffect = fault.TakesEffect,
        };
    }

    public ResumeFault ToFault()
    {
        if (Times is not (-1 or >= 1))
            throw new FormatException("times must be -1 or at least 1");
        if (Every < 1)
            throw new FormatException("every must be at least 1");
        if (Kind == ResumeFaultKind.Refuse && StatusCode is not (>= 400 and <= 599))
            throw new FormatException("refuse requires statusCode, from 400 to 599");
        int status = StatusCode ?? 500;
        return new()
        {
            Kind = Kind,
            CandidateIdPrefix = CandidateIdPrefix,
            ResumeIdPrefix = ResumeIdPrefix,
            Every = Every,
            Times = Times < 0 ? int.MaxValue : Times,
            StatusCode = status,
            Message = Message ?? ResumeFault.DefaultMessage(status),
            RawMessage = RawMessageBase64,
            TakesEffect = TakesEffect,
        };
    }
}
