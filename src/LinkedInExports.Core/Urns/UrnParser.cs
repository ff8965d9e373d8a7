using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Urns;

/// <summary>
/// Parses a kind of URN from the forms in which users have it: the URN, its percent-encoded form, or the id alone.
/// </summary>
/// <param name="pattern">Matches the URN.</param>
/// <param name="idPattern">Matches the id alone.</param>
/// <param name="idReplacement">The URN of an id, as the replacement pattern of <paramref name="idPattern"/>.</param>
/// <param name="errorId">The error for any other text.</param>
/// <param name="expectation">What the text is not and which forms are accepted, which follows the text in the error
/// message.</param>
internal sealed class UrnParser(
    string pattern,
    string idPattern,
    string idReplacement,
    LinkedInErrorId errorId,
    string expectation
)
{
    private readonly Regex _pattern = Create(pattern);
    private readonly Regex _idPattern = Create(idPattern);

    /// <summary>Gets the URN.</summary>
    /// <exception cref="LinkedInException">The text has none of the accepted forms.</exception>
    internal string Parse(string text)
    {
        string trimmed = text.Trim();
        string urn =
            _idPattern.Match(trimmed) is { Success: true } id ? id.Result(idReplacement)
            : trimmed.StartsWith("urn%3A", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(trimmed)
            : trimmed;
        return _pattern.IsMatch(urn) ? urn : throw new LinkedInException(errorId, $"'{text}' {expectation}") { Target = text };
    }

    private static Regex Create(string text) =>
        new(@"\A(?:" + text + @")\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
