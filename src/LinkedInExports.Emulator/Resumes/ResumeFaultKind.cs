namespace LinkedInExports.Emulator.Resumes;

/// <summary>What goes wrong with a record of a batch.</summary>
public enum ResumeFaultKind
{
    /// <summary>The record is among the errors.</summary>
    Refuse,

    /// <summary>The record is neither among the results nor among the errors.</summary>
    NoAnswer,

    /// <summary>Beside the record, the results have one that nobody asked for.</summary>
    StrayAnswer,

    /// <summary>The results have the record twice under the same key, first with another status.</summary>
    AnsweredTwice,
}
