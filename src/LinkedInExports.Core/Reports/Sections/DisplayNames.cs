namespace LinkedInExports.Core.Reports.Sections;

/// <summary>Converts LinkedIn's constants to display names.</summary>
internal static class DisplayNames
{
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
