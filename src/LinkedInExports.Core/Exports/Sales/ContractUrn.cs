using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Exports.Sales;

/// <summary>The name of a contract at LinkedIn, <c>urn:li:contract:{id}</c>.</summary>
public static class ContractUrn
{
    private const string Prefix = "urn:li:contract:";

    // Other types of URN pass: LinkedIn's documents agree on "contract", but not everybody else's do.
    private static readonly Regex Form = new("^urn:li:[A-Za-z]+:[0-9]+$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex Number = new("^[0-9]+$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The URN of what people have at hand: the number, the URN, or its percent-encoded form.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidContract"/>: it is none of these.</exception>
    public static string Parse(string text)
    {
        string trimmed = text.Trim();
        string urn = Number.IsMatch(trimmed) ? Prefix + trimmed
            : trimmed.StartsWith("urn%3A", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(trimmed)
            : trimmed;
        return Form.IsMatch(urn)
            ? urn
            : throw new LinkedInException(
                LinkedInErrorId.InvalidContract, $"'{text}' is not a contract. Give its number, such as 7001, or its URN, such as {Prefix}7001.")
            { Target = text };
    }
}
