using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Exports.Crm;

/// <summary>
/// The name of a CRM at LinkedIn, <c>urn:li:crmInstance:(KEY,id)</c>. The key is not checked against a list: LinkedIn's
/// own list is not public.
/// </summary>
public static class CrmInstanceUrn
{
    private static readonly Regex Form = new(
        @"^urn:li:crmInstance:\([^\s(),:%]+,[^\s(),:%]+\)$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The URN as it is meant; the percent-encoded form, as people copy it from a request, is understood too.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidCrmInstanceId"/>: it is not one.</exception>
    public static string Parse(string text)
    {
        string trimmed = text.Trim();
        string urn = trimmed.StartsWith("urn%3A", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(trimmed) : trimmed;
        return Form.IsMatch(urn)
            ? urn
            : throw new LinkedInException(
                LinkedInErrorId.InvalidCrmInstanceId,
                $"'{text}' is not a CRM instance. LinkedIn's form is urn:li:crmInstance:(KEY,id), for example urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666).")
            { Target = text };
    }
}
