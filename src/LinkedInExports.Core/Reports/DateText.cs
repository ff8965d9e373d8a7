using System.Globalization;

namespace LinkedInExports.Core.Reports;

/// <summary>
/// Parses times in columns that LinkedIn does not document: in LinkedIn's format or ISO 8601. Times without a zone are in UTC.
/// </summary>
internal static class DateText
{
    private const int MinLength = 10;

    private static readonly string[] Formats =
    [
        "MM-dd-yyyy",
        "MM-dd-yyyy HH:mm:ss",
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    internal static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= MinLength
            && char.IsDigit(text[0])
            && (text[2] == '-' || text[4] == '-')
            && DateTimeOffset.TryParseExact(
                text,
                Formats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out time
            );
    }

    /// <summary>Parses a time, or returns null.</summary>
    internal static DateTimeOffset? Parse(string text) => TryParse(text, out DateTimeOffset time) ? time : null;
}
