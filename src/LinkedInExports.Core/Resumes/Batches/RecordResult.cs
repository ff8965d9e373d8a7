namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>LinkedIn's result for a record of a batch.</summary>
/// <param name="Status">The status, 204 for success, or null if LinkedIn returned none.</param>
/// <param name="Message">LinkedIn's sanitized error message, or null.</param>
/// <param name="IsError">Whether it is among the errors: there nothing is a success, whatever its status.</param>
internal readonly record struct RecordResult(int? Status, string? Message, bool IsError = false)
{
    /// <summary>The error that a failure is.</summary>
    internal LinkedInErrorId ErrorId { get; init; } = LinkedInErrorId.ResumeNotSynced;

    internal bool IsSuccess => !IsError && Status is >= 200 and < 300;

    /// <summary>Whether the same record may well succeed later.</summary>
    internal bool IsTransient => Status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Why it failed, in LinkedIn's words where it has some.</summary>
    internal string Reason => Message ?? (Status is { } status ? $"LinkedIn answered {status}." : "LinkedIn did not say why.");

    /// <summary>
    /// The answer for a record that has two. A failure counts, and of two failures one that will not pass: a success is one
    /// only where nothing speaks against it.
    /// </summary>
    internal static RecordResult GetWorse(RecordResult first, RecordResult second)
    {
        if (first == second || (first.IsSuccess && second.IsSuccess))
            return first;
        (RecordResult worse, RecordResult other) =
            first.IsSuccess || (first.IsTransient && !second.IsSuccess) ? (second, first) : (first, second);
        string also = other.Status is { } status ? $"{status}" : "something else";
        return worse with { Message = $"{worse.Reason} LinkedIn also answered {also} for this record.", IsError = true };
    }
}
