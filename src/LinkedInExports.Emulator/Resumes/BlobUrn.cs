namespace LinkedInExports.Emulator.Resumes;

/// <summary>The URN of a file in the blob store: <c>urn:li:ambryBlob:/AAY….pdf</c>, with the slash.</summary>
internal static class BlobUrn
{
    private const string Prefix = "urn:li:ambryBlob:";

    public static string Create(string location) => Prefix + location;

    /// <summary>Gets the location, or <c>null</c> if the text is not a blob URN.</summary>
    public static string? Parse(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length) is ['/', _, ..]
            ? text[Prefix.Length..]
            : null;
}
