namespace LinkedInExports.Emulator.Resumes;

/// <summary>Specifies the kind of a record's fault.</summary>
public enum ResumeFaultKind
{
    /// <summary>The response has an error for the record.</summary>
    Refuse,

    /// <summary>The response has neither a result nor an error for the record.</summary>
    NoAnswer,

    /// <summary>The response has an additional result with a key that is not in the request.</summary>
    StrayAnswer,

    /// <summary>The response has two results with the record's key. The first has another status.</summary>
    AnsweredTwice,
}
