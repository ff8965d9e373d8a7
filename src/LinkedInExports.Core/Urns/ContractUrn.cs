using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Urns;

/// <summary>The name of a contract at LinkedIn, <c>urn:li:contract:{id}</c>.</summary>
public static class ContractUrn
{
    private const string Prefix = "urn:li:contract:";

    // LinkedIn's documents show "contract" only, other publications also "salesContract". What LinkedIn lists as a contract has to be
    // accepted back; an organization, a seat or a member is a mistake.
    private static readonly Regex Pattern = new("^urn:li:([A-Za-z]*C|c)ontract:[0-9]+$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex Number = new("^[0-9]+$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The URN of what people have at hand: the number, the URN, or its percent-encoded form.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidContract"/>: it is none of these.</exception>
    public static string Parse(string text)
    {
        string trimmed = text.Trim();
        string urn = Number.IsMatch(trimmed) ? Prefix + trimmed
            : trimmed.StartsWith("urn%3A", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(trimmed)
            : trimmed;
        return Pattern.IsMatch(urn)
            ? urn
            : throw new LinkedInException(
                LinkedInErrorId.InvalidContract, $"'{text}' is not a contract. Give its number, such as 7001, or its URN, such as {Prefix}7001.")
            { Target = text };
    }
}
