using System.Text.RegularExpressions;

namespace LinkedInExports.Emulator.Log;

/// <summary>Removes secrets from texts that leave the process.</summary>
internal static partial class Redactor
{
    private const string Secrets = "client_secret|refresh_token|code|code_verifier|access_token|oauth2_access_token|token";

    public static string RedactHeader(string name, string value, string[] tokens) =>
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? "Bearer ***"
        : name.Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase) ? $"{value.Split(' ')[0]} ***"
        : RedactText(value, tokens);

    public static string RedactText(string text, string[] tokens)
    {
        foreach (string token in tokens)
            text = text.Replace(token, "***", StringComparison.Ordinal);
        text = FormField().Replace(text, "$1***");
        text = JsonField().Replace(text, "$1***");
        return Signature().Replace(text, "$1***");
    }

    /// <summary>Gets the path without the query, which can contain a signature.</summary>
    public static string RedactPath(string target) => target.Split('?', 2)[0];

    [GeneratedRegex("(x-li-ambry-ep=)[^&\\s\"]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Signature();

    [GeneratedRegex($"(?<![^?&\\s\"])((?:{Secrets})=)[^&]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FormField();

    // For clients that send JSON instead of a form.
    [GeneratedRegex(
        $"(\"(?:{Secrets})\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex JsonField();
}
