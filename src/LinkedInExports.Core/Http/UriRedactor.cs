namespace LinkedInExports.Core.Http;

/// <summary>The part of an address that may be shown.</summary>
internal static class UriRedactor
{
    /// <summary>An address without its user and its query, which is where signatures are.</summary>
    internal static string Redact(Uri address) =>
        address.IsAbsoluteUri
            ? $"{address.Scheme}://{address.Authority.Substring(address.Authority.IndexOf('@') + 1)}{address.AbsolutePath}"
            : "a relative address";
}
