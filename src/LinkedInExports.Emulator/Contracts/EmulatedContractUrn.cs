using System.Globalization;
using System.Text.RegularExpressions;

namespace LinkedInExports.Emulator.Contracts;

/// <summary>The URN of a contract, for example <c>urn:li:contract:7001</c>.</summary>
internal static partial class EmulatedContractUrn
{
    public static string Format(long id) => string.Create(CultureInfo.InvariantCulture, $"urn:li:contract:{id}");

    /// <summary>Gets the number of the contract, or <c>null</c> if the text is not a contract URN.</summary>
    public static long? Parse(string text)
    {
        Match match = Urn().Match(text);
        ReadOnlySpan<char> digits = match.Groups[1].ValueSpan;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
    }

    [GeneratedRegex(@"\Aurn:li:contract:([1-9][0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Urn();
}
