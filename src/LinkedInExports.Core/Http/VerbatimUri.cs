namespace LinkedInExports.Core.Http;

/// <summary>Addresses that have to go out as they came, because they are signed.</summary>
internal static class VerbatimUri
{
    /// <summary>
    /// Creates an address that <see cref="Uri"/> does not normalize: <c>%7E</c> would become <c>~</c>. Where the runtime
    /// knows no better, and where there is anything but printable ASCII in it, a plain one.
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
