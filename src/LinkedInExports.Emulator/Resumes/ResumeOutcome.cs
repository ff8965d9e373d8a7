namespace LinkedInExports.Emulator.Resumes;

/// <summary>The result of a record in a batch.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">The error message, or <c>null</c>.</param>
internal readonly record struct ResumeOutcome(int Status, string? Message)
{
    /// <summary>The bytes of the message in the JSON, or <c>null</c> to use <see cref="Message"/>.</summary>
    public byte[]? RawMessage { get; init; }

    public static ResumeOutcome Success => new(204, null);

    public static ResumeOutcome BadRequest(string message) => new(400, message);

    /// <summary>The service error code. LinkedIn does not document the codes for records.</summary>
    public int ServiceErrorCode =>
        Status switch
        {
            400 => 100,
            429 => 101,
            _ => 0,
        };
}
