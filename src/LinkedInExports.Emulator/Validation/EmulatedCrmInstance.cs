using System.Text.RegularExpressions;

namespace LinkedInExports.Emulator.Validation;

/// <summary>A CRM instance, with the URN <c>urn:li:crmInstance:(KEY,ID)</c>.</summary>
internal sealed partial record EmulatedCrmInstance(string Key, string Id)
{
    /// <summary>Parses a URN. Returns <c>null</c> if the text is not a CRM instance URN.</summary>
    public static EmulatedCrmInstance? Parse(string text)
    {
        Match match = Tuple().Match(text);
        return match.Success ? new(match.Groups[1].Value, match.Groups[2].Value) : null;
    }

    [GeneratedRegex(@"\Aurn:li:crmInstance:\(([^\s(),:]+),([^\s(),]+)\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tuple();
}
