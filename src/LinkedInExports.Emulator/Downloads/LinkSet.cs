namespace LinkedInExports.Emulator.Downloads;

/// <summary>The links to all files of a job that were handed out together.</summary>
/// <param name="Signatures">The signed parts.</param>
/// <param name="Urls">The links; <c>null</c> for a job that is completed and has none.</param>
/// <param name="ExpiresAt">When they expire.</param>
internal sealed record LinkSet(string[] Signatures, string[]? Urls, DateTimeOffset ExpiresAt)
{
    /// <summary>What a job has that is completed and has no links.</summary>
    public static readonly LinkSet None = new([], null, default);
}
