using System.Text.RegularExpressions;
using LinkedInExports.Core.Incidents;

namespace LinkedInExports.Emulator.Replay;

/// <summary>
/// Replaces the links of an incident. A link that was followed leads to the emulator. Other links keep their invalid address, so
/// that the client rejects them as before.
/// </summary>
internal sealed partial class ReplayedLinks(IEnumerable<RecordedExchange> exchanges)
{
    private readonly HashSet<string> _followed =
    [
        .. exchanges
            .Where(exchange =>
                // If the name of the link's host was not found, neither is that of its pseudonym.
                exchange.Path.StartsWith(IncidentFormat.LinkPath, StringComparison.Ordinal)
                && exchange.Failure != IncidentFormat.NameNotFound
            )
            .Select(exchange => exchange.Path[IncidentFormat.LinkPath.Length..]),
    ];

    /// <summary>Gets the address of a link of the incident, or null if the text is not a link.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">The address of the emulator.</param>
    public string? Resolve(string text, Uri origin)
    {
        Match link = Link().Match(text);
        if (!link.Success)
            return null;
        string pseudonym = link.Groups["pseudonym"].Value;
        return _followed.Contains(pseudonym) ? new Uri(origin, IncidentFormat.LinkPath + pseudonym).AbsoluteUri : text;
    }

    /// <summary>Gets the recorded path of a request. The address of another link ends with its pseudonym.</summary>
    public static string GetRecordedPath(Uri address)
    {
        Match link = Link().Match(address.GetLeftPart(UriPartial.Path));
        return link.Success
            ? IncidentFormat.LinkPath + link.Groups["pseudonym"].Value
            : Uri.UnescapeDataString(address.AbsolutePath);
    }

    [GeneratedRegex("^https?://[0-9a-z.]+/(?<pseudonym>[0-9a-f]{16})$")]
    private static partial Regex Link();
}
