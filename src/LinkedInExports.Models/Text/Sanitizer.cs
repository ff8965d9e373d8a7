using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LinkedInExports.Text;

/// <summary>
/// Makes text safe to show: known secrets and everything that looks like one are removed, and control characters, escape
/// sequences of terminals and bidirectional overrides become visible characters. The result has one line.
/// </summary>
internal static class Sanitizer
{
    /// <summary>The maximum length of text from a server.</summary>
    internal const int MaxServerText = 500;

    /// <summary>The maximum length of a value in a message, which is enough for the longest paths in practice.</summary>
    internal const int MaxValue = 1000;

    private const string Ellipsis = "…";

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    // User and password in an address, bearer and basic credentials, and named secrets in forms, headers or JSON.
    private static readonly Regex NamedSecrets = new(
        """
        (?ix)
        (?<name>
            ://
            | \b(?:bearer|basic)\s+
            | \b(?:x-li-ambry-ep|access_token|refresh_token|client_secret|assertion|sig|signature|x-amz-signature)"?\s*[=:]\s*"?
        )
        (?<value> (?<=://)[^\s/?\#@"'<>]*(?:@[^\s/?\#@"'<>]*)*(?=@) | (?<!://)[^\s"'<>&]+ )
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MatchTimeout
    );

    private static readonly Regex Queries = new(
        """(?ix) (?<name> \bhttps?://[^\s?"'<>]* \? ) [^\s"'<>]+""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MatchTimeout
    );

    // A server's text may repeat parts of a link or a form, so parameters and long values after the separators of a query are
    // removed. Names such as "R&D" are kept.
    private static readonly Regex ServerSecrets = new(
        """(?ix) (?<name> [?&;] (?= [^\s"'<>=]*= | [^\s"'<>]{16} ) | \bcode"?\s*[=:]\s*"? ) (?<value> [^\s"'<>]+ )""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MatchTimeout
    );

    /// <summary>Sanitizes a value from the user, the runtime or this module.</summary>
    internal static string Sanitize(string text, int maxLength = MaxValue)
    {
        string read = text.Length <= 8 * maxLength ? text : text.Substring(0, 8 * maxLength);
        string line = EscapeControl(read);
        return Shorten(KnownSecrets.Matcher.Remove(RemovePatterns(line, isServerText: false)), maxLength);
    }

    /// <summary>
    /// Sanitizes text from a server, with collapsed white space and at most <see cref="MaxServerText"/> characters.
    /// </summary>
    internal static string SanitizeServerText(string text) => SanitizeServerText(text, KnownSecrets.Matcher);

    internal static string SanitizeServerText(string text, SecretMasker secrets)
    {
        string read = text.Length <= 8 * MaxServerText ? text : text.Substring(0, 8 * MaxServerText);
        string line = EscapeControl(string.Join(" ", read.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return Shorten(secrets.Remove(RemovePatterns(line, isServerText: true)), MaxServerText);
    }

    /// <summary>Whether a name contains a token, a client secret or an address and must not be stored.</summary>
    internal static bool HasCredentialOrLink(string name) => KnownSecrets.Credentials.Contains(name) || name.Contains("://");

    /// <summary>Shortens a text without splitting a surrogate pair.</summary>
    internal static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        int end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text.Substring(0, end) + Ellipsis;
    }

    private static string RemovePatterns(string text, bool isServerText)
    {
        try
        {
            string clean = Queries.Replace(NamedSecrets.Replace(text, "${name}***"), "${name}***");
            return isServerText ? ServerSecrets.Replace(clean, "${name}***") : clean;
        }
        catch (RegexMatchTimeoutException)
        {
            return "***";
        }
    }

    private static string EscapeControl(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (NeedsReplacement(text, at))
                return ReplaceInvalid(text, at);
        }

        return text;
    }

    private static string ReplaceInvalid(string text, int first)
    {
        var visible = new StringBuilder(text, 0, first, text.Length + 16);
        for (int at = first; at < text.Length; at++)
        {
            char character = text[at];
            if (!NeedsReplacement(text, at))
                visible.Append(character);
            else if (character is '\t' or '\n' or '\r')
                visible.Append(' ');
            else if (character < ' ')
                visible.Append((char)('\u2400' + character)); // The Unicode pictures of control characters.
            else if (character == '\u007F')
                visible.Append('\u2421');
            else if (char.IsSurrogate(character))
                visible.Append('\uFFFD');
            else
                visible.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)character);
        }

        return visible.ToString();
    }

    private static bool NeedsReplacement(string text, int at)
    {
        char character = text[at];
        if (character < '\u007F')
            return character < ' ';
        if (char.IsSurrogate(character))
            return !(char.IsSurrogatePair(text, at) || (at > 0 && char.IsSurrogatePair(text, at - 1)));
        return character
            is <= '\u009F' // DEL and the control characters of ISO 8859, which terminals interpret.
                or '\u061C'
                or '\u200E'
                or '\u200F'
                or (>= '\u202A' and <= '\u202E')
                or (>= '\u2066' and <= '\u2069')
                or '\u2028'
                or '\u2029'
                or '\uFEFF'
                or (>= '\uFFF9' and <= '\uFFFB');
    }
}
