using System.Text.RegularExpressions;

namespace LinkedInExports.Emulator.Validation;

/// <summary>A CRM system as LinkedIn names it: <c>urn:li:crmInstance:(KEY,ID)</c>.</summary>
internal sealed partial record EmulatedCrmInstance(string Key, string Id)
{
    /// <summary>The URN, or <c>null</c> if the text is not a tuple of this kind.</summary>
    public static EmulatedCrmInstance? Parse(string text)
    {
        Match match = Tuple().Match(text);
        return match.Success ? new(match.Groups[1].Value, match.Groups[2].Value) : null;
    }

    [GeneratedRegex(@"\Aurn:li:crmInstance:\(([^\s(),:]+),([^\s(),]+)\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tuple();
}
