using System.Globalization;
using System.Text;

namespace LinkedInExports.Core.Http;

/// <summary>Headers and encodings of the Rest.li protocol, which LinkedIn's API uses.</summary>
internal static class RestLi
{
    internal const string ProtocolHeader = "X-RestLi-Protocol-Version";
    internal const string Protocol1 = "1.0.0";
    internal const string Protocol2 = "2.0.0";
    internal const string MethodHeader = "X-RestLi-Method";
    internal const string MethodOverrideHeader = "X-HTTP-Method-Override";
    internal const string VersionHeader = "LinkedIn-Version";
    internal const string IdHeader = "X-RestLi-Id";

    /// <summary>The name of the id header in protocol 1.0; some responses of protocol 2.0 contain it as well.</summary>
    internal const string OldIdHeader = "X-LinkedIn-Id";

    /// <summary>
    /// Encodes a value for a query, including the reserved characters of Rest.li: parentheses, commas and colons.
    /// </summary>
    /// <remarks>Uri.EscapeDataString does not encode parentheses on .NET Framework.</remarks>
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
    /// Gets the id of the entity that a POST to a resource created, from an id header, or else from the part of <c>Location</c>
    /// after the resource. <c>Location</c> lacks the <c>/v2</c> prefix, so it is never followed.
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
