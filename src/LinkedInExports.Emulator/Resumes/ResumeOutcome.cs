namespace LinkedInExports.Emulator.Resumes;

/// <summary>What became of one record of a batch.</summary>
/// <param name="Status">As an HTTP status.</param>
/// <param name="Message">Why it failed; <c>null</c> if it did not.</param>
internal readonly record struct ResumeOutcome(int Status, string? Message)
{
    /// <summary>The message as it stands in the JSON; <c>null</c> for <see cref="Message"/>.</summary>
    public byte[]? RawMessage { get; init; }

    public static ResumeOutcome Success => new(204, null);

    public static ResumeOutcome BadRequest(string message) => new(400, message);

    /// <summary>LinkedIn's own code of a failure. Which ones it uses for records is not documented.</summary>
    public int ServiceErrorCode =>
        Status switch
        {
            400 => 100,
            429 => 101,
            _ => 0,
        };
}
