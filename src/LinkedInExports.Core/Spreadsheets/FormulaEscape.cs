using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Spreadsheets;

/// <summary>Puts an apostrophe before text that a spreadsheet would run as a formula.</summary>
/// <remarks>
/// A spreadsheet whose list separator is not the delimiter of the file also splits values at its separator and at line breaks,
/// even if they are quoted. So each part of a value is escaped. The script of reports has the same rule (cells.js).
/// </remarks>
internal static class FormulaEscape
{
    /// <summary>The characters before which the CSV writer puts an apostrophe at the start of a value.</summary>
    internal const string FirstCharacters = "=+-@\t\r\n";

    /// <summary>The start of a formula. Spreadsheets can ignore spaces and quotes before it.</summary>
    private const string Formula = "(?=[ \"]*[=+@-])";

    private static readonly char[] Separators = [',', ';', '\t', '\r', '\n'];

    private static readonly Regex Unescaped = new($"(^(?=[ \"])|[,;\t\r\n]){Formula}", RegexOptions.CultureInvariant);
    private static readonly Regex Escaped = new($"(^|[,;\t\r\n])'{Formula}|^'(?=[\t\r\n])", RegexOptions.CultureInvariant);

    /// <summary>Escapes formulas, except at the start of a text, where the CSV writer escapes them.</summary>
    internal static string EscapeParts(string text)
    {
        // Most texts need no regular expression.
        bool canHaveFormula = text.Length > 0 && (text[0] is ' ' or '"' || text.IndexOfAny(Separators) >= 0);
        return canHaveFormula ? Unescaped.Replace(text, "$1'") : text;
    }

    /// <summary>Gets the original of a text that was written to a file.</summary>
    internal static string Remove(string text) => Escaped.Replace(text, "$1");
}
