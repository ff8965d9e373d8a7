using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>Converts LinkedIn's constants and property names to display names.</summary>
internal static class DisplayNames
{
    /// <summary>Words of property names that are not written in lower case.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Crm"] = "CRM",
        ["Id"] = "ID",
        ["Linkedin"] = "LinkedIn",
        ["Inmail"] = "InMail",
        ["Url"] = "URL",
    };

    /// <summary>
    /// Converts <c>CrmRecordType</c> to "CRM record type". Names that are not identifiers in camel case are returned unchanged.
    /// </summary>
    internal static string GetHeading(string name)
    {
        if (!Regex.IsMatch(name, "^[A-Za-z]?[a-z]+([A-Z][a-z]*)*$"))
            return name;

        string[] words =
        [
            .. Regex
                .Split(name.Replace("LinkedIn", "Linkedin"), "(?<=[A-Za-z])(?=[A-Z])")
                .Select(word => Words.TryGetValue(word, out string? special) ? special : word.ToLowerInvariant()),
        ];
        words[0] = char.ToUpperInvariant(words[0][0]) + words[0].Substring(1);
        return string.Join(" ", words);
    }

    /// <summary>
    /// Converts <c>INMAIL_SENT</c> to "InMail sent". Other texts are returned unchanged.
    /// </summary>
    internal static string Get(string? word)
    {
        if (word is null || word.Length == 0)
            return "(none)";

        bool isConstant = word.All(character => character is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_');
        if (!isConstant)
            return word;

        string text = word[0] + word.Substring(1).Replace('_', ' ').ToLowerInvariant();
        return text.StartsWith("Inmail", StringComparison.Ordinal) ? "InMail" + text.Substring("Inmail".Length) : text;
    }
}
