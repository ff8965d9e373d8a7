namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>What LinkedIn says of one record of a batch.</summary>
/// <param name="Status">Its status, 204 for a success; null when LinkedIn gave none.</param>
/// <param name="Message">LinkedIn's words for a failure, if any.</param>
/// <param name="IsError">Whether it is among the errors: there nothing is a success, whatever its status.</param>
internal readonly record struct RecordAnswer(int? Status, string? Message, bool IsError = false)
{
    internal bool IsSuccess => !IsError && Status is >= 200 and < 300;

    /// <summary>Whether the same record may well succeed later.</summary>
    internal bool IsTransient => Status is 408 or 429 or 500 or 502 or 503 or 504;
}
