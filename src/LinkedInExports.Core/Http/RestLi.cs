using System.Globalization;
using System.Text;

namespace LinkedInExports.Core.Http;

/// <summary>The words of the Rest.li protocol that LinkedIn's API is built on.</summary>
internal static class RestLi
{
    internal const string ProtocolHeader = "X-RestLi-Protocol-Version";
    internal const string Protocol1 = "1.0.0";
    internal const string Protocol2 = "2.0.0";
    internal const string MethodHeader = "X-RestLi-Method";
    internal const string MethodOverrideHeader = "X-HTTP-Method-Override";
    internal const string VersionHeader = "LinkedIn-Version";
    internal const string IdHeader = "X-RestLi-Id";

    /// <summary>The name of the id header in protocol 1.0; some answers of protocol 2.0 have it as well.</summary>
    internal const string OldIdHeader = "X-LinkedIn-Id";

    /// <summary>
    /// A value for a query, with everything encoded that has a meaning in Rest.li: parentheses, commas, colons.
    /// </summary>
    /// <remarks>Not Uri.EscapeDataString: on .NET Framework that leaves parentheses as they are.</remarks>
    internal static string Encode(string value)
    {
        var encoded = new StringBuilder(value.Length * 2);
        foreach (byte unit in Encoding.UTF8.GetBytes(value))
        {
            char character = (char)unit;
            if (character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~')
                encoded.Append(character);
            else
                encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    /// <summary>
    /// The id of what a POST to a resource created: an id header, else what follows the resource in <c>Location</c> (which
    /// lacks the <c>/v2</c> prefix, so it is never followed).
    /// </summary>
    internal static string? GetCreatedId(HttpResponseMessage response, string resource)
    {
        if (GetHeader(response, IdHeader) is { Length: > 0 } id)
            return id;
        if (GetHeader(response, OldIdHeader) is { Length: > 0 } oldId)
            return oldId;

        string? location = GetHeader(response, "Location");
        int start = location?.IndexOf($"/{resource}/", StringComparison.OrdinalIgnoreCase) ?? -1;
        return start < 0 ? null : Uri.UnescapeDataString(location!.Substring(start + resource.Length + 2).TrimEnd('/'));
    }

    internal static string? GetHeader(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
