namespace LinkedInExports.Core.Http;

/// <summary>Removes the secret parts of addresses.</summary>
internal static class UriRedactor
{
    /// <summary>Gets an address without its user and its query, which may contain signatures.</summary>
    internal static string Redact(Uri address) =>
        address.IsAbsoluteUri
            ? $"{address.Scheme}://{address.Authority.Substring(address.Authority.IndexOf('@') + 1)}{address.AbsolutePath}"
            : "a relative address";
}
