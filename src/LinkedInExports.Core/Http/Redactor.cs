using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Http;

/// <summary>What may be shown of addresses and of text that came from elsewhere. Everything that is shown passes here.</summary>
internal static class Redactor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Signed links, bearer tokens, and secrets in forms or JSON, wherever a server repeats them in its messages.
    private static readonly Regex Secrets = new(
        """(?ix) (?<name> bearer\s+ | [?&;] | \b(?:x-li-ambry-ep|access_token|refresh_token|client_secret|assertion|code)"?\s*[=:]\s*"? ) (?<value> [^\s"'<>]+ )""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    /// <summary>An address without its query, which is where signatures are.</summary>
    internal static string Show(Uri address) =>
        address.IsAbsoluteUri
            ? $"{address.Scheme}://{address.Authority.Substring(address.Authority.IndexOf('@') + 1)}{address.AbsolutePath}"
            : "a relative address";

    /// <summary>The path alone.</summary>
    internal static string ShowPath(Uri address) => address.AbsolutePath;

    /// <summary>Text of a server with everything taken out that looks like a secret, on one line of at most 500 characters.</summary>
    /// <param name="text">What a server said.</param>
    /// <param name="secrets">Secrets that it was told, and might repeat in any form, in whole or in part.</param>
    internal static string Clean(string text, IReadOnlyCollection<string>? secrets = null)
    {
        const int longest = 500;
        const int longestRead = 8 * longest;
        string line = string.Join(
            " ", (text.Length <= longestRead ? text : text.Substring(0, longestRead)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (string secret in secrets ?? [])
            line = SecretPieces.TakeOut(line, secret);

        string clean = Secrets.Replace(line, "${name}***");
        return clean.Length <= longest ? clean : clean.Substring(0, longest) + "…";
    }
}
