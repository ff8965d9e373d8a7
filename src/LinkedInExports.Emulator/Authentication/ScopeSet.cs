namespace LinkedInExports.Emulator.Authentication;

/// <summary>
/// Normalizes scopes to sorted, comma-separated texts as LinkedIn writes them, so that equal sets are equal texts.
/// </summary>
internal static class ScopeSet
{
    /// <summary>The scopes of the initial tokens.</summary>
    public const string Initial = "r_sales_nav_analytics,r_sales_nav_validation";

    private static readonly char[] Separators = [' ', ','];

    public static string[] Split(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    public static string Normalize(string text) =>
        string.Join(',', Split(text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
