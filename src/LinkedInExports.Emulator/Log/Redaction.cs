using System.Text.RegularExpressions;

namespace LinkedInExports.Emulator.Log;

/// <summary>Takes secrets out of what leaves the process.</summary>
internal static partial class Redaction
{
    public static string Header(string name, string value, string token) =>
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? "Bearer ***" : Text(value, token);

    public static string Text(string text, string token) =>
        Signature().Replace(text.Replace(token, "***", StringComparison.Ordinal), "$1***");

    /// <summary>The path alone: the query may be a signed one.</summary>
    public static string PathOnly(string target) => target.Split('?', 2)[0];

    [GeneratedRegex("(x-li-ambry-ep=)[^&\\s\"]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Signature();
}
