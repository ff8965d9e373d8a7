namespace LinkedInExports.Emulator.Downloads;

/// <summary>The links to all files of a job that were issued together.</summary>
/// <param name="Signatures">The signed parts of the links.</param>
/// <param name="Urls">The links, or <c>null</c> for a completed job without links.</param>
/// <param name="ExpiresAt">The time when the links expire.</param>
internal sealed record LinkSet(string[] Signatures, string[]? Urls, DateTimeOffset ExpiresAt)
{
    /// <summary>The links of a completed job that has none.</summary>
    public static readonly LinkSet None = new([], null, default);
}
