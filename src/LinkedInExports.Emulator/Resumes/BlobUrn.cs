namespace LinkedInExports.Emulator.Resumes;

/// <summary>A file of the blob store as LinkedIn names it: <c>urn:li:ambryBlob:/AAY….pdf</c>, slash included.</summary>
internal static class BlobUrn
{
    private const string Prefix = "urn:li:ambryBlob:";

    public static string Create(string location) => Prefix + location;

    /// <summary>The location, or <c>null</c> if the text is no such URN.</summary>
    public static string? Parse(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length) is ['/', _, ..]
            ? text[Prefix.Length..]
            : null;
}
