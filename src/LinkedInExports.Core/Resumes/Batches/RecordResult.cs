using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>LinkedIn's result for a record of a batch.</summary>
/// <param name="Status">The status, 204 for success, or null if LinkedIn returned none.</param>
/// <param name="Message">LinkedIn's sanitized error message, or null.</param>
/// <param name="IsError">Whether the result is one of the errors, so that it is a failure with any status.</param>
internal readonly record struct RecordResult(int? Status, string? Message, bool IsError = false)
{
    /// <summary>The error id of a failure.</summary>
    internal LinkedInErrorId ErrorId { get; init; } = LinkedInErrorId.ResumeNotSynced;

    internal bool IsSuccess => !IsError && Status is >= 200 and < 300;

    /// <summary>Whether the record may succeed later.</summary>
    internal bool IsTransient => HttpStatus.IsTransient(Status);

    /// <summary>The reason of a failure, in LinkedIn's words if there are any.</summary>
    internal string Reason =>
        Message ?? (Status is { } status ? $"LinkedIn returned status {status}." : "LinkedIn returned no reason.");

    /// <summary>The cause of a failure.</summary>
    internal ResumeSyncReason ReasonId =>
        Status is null || IsTransient ? ResumeSyncReason.OutcomeUnknown : ResumeSyncReason.RejectedByLinkedIn;

    /// <summary>
    /// Gets the result of a record with two results: a failure rather than a success, and a permanent failure rather than a
    /// transient one.
    /// </summary>
    internal static RecordResult GetWorse(RecordResult first, RecordResult second)
    {
        if (first == second || (first.IsSuccess && second.IsSuccess))
            return first;
        (RecordResult worse, RecordResult other) =
            first.IsSuccess || (first.IsTransient && !second.IsSuccess) ? (second, first) : (first, second);
        string otherStatus = other.Status is { } status ? $"status {status}" : "another result";
        return worse with { Message = $"{worse.Reason} LinkedIn also returned {otherStatus} for this record.", IsError = true };
    }
}
