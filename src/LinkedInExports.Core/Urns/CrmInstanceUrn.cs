using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Urns;

/// <summary>
/// The name of a CRM at LinkedIn, <c>urn:li:crmInstance:(KEY,id)</c>. The key is not checked against a list: LinkedIn's
/// own list is not public.
/// </summary>
public static class CrmInstanceUrn
{
    private const string Prefix = "urn:li:crmInstance:";

    private static readonly Regex Pattern = new(
        @"^urn:li:crmInstance:\([^\s(),:%]+,[^\s(),:%]+\)$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Regex Tuple = new(
        @"^(?<open>\()?(?<key>[^\s(),:%]+),[ ]*(?<id>[^\s(),:%]+)(?(open)\))$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>
    /// The URN of what people have at hand: the URN, its percent-encoded form as it is in a request, or what is between its
    /// parentheses.
    /// </summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidCrmInstanceId"/>: it is not one.</exception>
    public static string Parse(string text)
    {
        string trimmed = text.Trim();
        string urn = Tuple.Match(trimmed) is { Success: true } tuple ? $"{Prefix}({tuple.Groups["key"].Value},{tuple.Groups["id"].Value})"
            : trimmed.StartsWith("urn%3A", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(trimmed)
            : trimmed;
        return Pattern.IsMatch(urn)
            ? urn
            : throw new LinkedInException(
                LinkedInErrorId.InvalidCrmInstanceId,
                $"'{text}' is not a CRM instance. LinkedIn's form is urn:li:crmInstance:(KEY,id), in quotes; KEY,id alone will do, for example 'DYNAMICS,0b7c1f52-1111-4222-8333-944455556666'.")
            { Target = text };
    }
}
