namespace LinkedInExports.Core.Http;

/// <summary>Creates addresses that are sent exactly as they were received, because they are signed.</summary>
internal static class VerbatimUri
{
    /// <summary>
    /// Creates an address that <see cref="Uri"/> does not normalize: <c>%7E</c> would become <c>~</c>. On .NET Framework, and
    /// for text with characters other than printable ASCII, the address is normalized.
    /// </summary>
    internal static Uri Create(string text) =>
#if NET
        text.All(character => character is > ' ' and <= '~')
            ? new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
            : new Uri(text);
#else
        new(text);
#endif
}
