using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Urns;

/// <summary>The company that LinkedIn named at onboarding, the integration context: <c>urn:li:organization:{id}</c>.</summary>
public static class OrganizationUrn
{
    private const string Prefix = "urn:li:organization:";

    private static readonly Regex Pattern = new("^urn:li:(organization|company):[0-9]+$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex Number = new("^[0-9]+$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The URN of what people have at hand: the number, the URN, or its percent-encoded form.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidIntegrationContext"/>: it is none of these.</exception>
    public static string Parse(string text)
    {
        string trimmed = text.Trim();
        string urn = Number.IsMatch(trimmed) ? Prefix + trimmed
            : trimmed.StartsWith("urn%3A", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(trimmed)
            : trimmed;
        return Pattern.IsMatch(urn)
            ? urn
            : throw new LinkedInException(
                LinkedInErrorId.InvalidIntegrationContext,
                $"'{text}' is not an integration context. Give the number of the organization, such as 1234567890, or its URN, such as {Prefix}1234567890.")
            { Target = text };
    }
}
