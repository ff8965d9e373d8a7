namespace LinkedInExports.Core.Reports.Sections;

/// <summary>Words of LinkedIn as people say them.</summary>
internal static class DisplayNames
{
    /// <summary>
    /// <c>INMAIL_SENT</c> becomes "InMail sent". What is not in that form stays as it is.
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
