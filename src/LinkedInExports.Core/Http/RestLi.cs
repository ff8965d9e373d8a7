using System.Globalization;
using System.Text;

namespace LinkedInExports.Core.Http;

/// <summary>The words of the Rest.li protocol that LinkedIn's API is built on.</summary>
internal static class RestLi
{
    internal const string ProtocolHeader = "X-RestLi-Protocol-Version";
    internal const string Protocol2 = "2.0.0";
    internal const string IdHeader = "X-RestLi-Id";

    /// <summary>A value for a query, with everything encoded that has a meaning in Rest.li: parentheses, commas, colons.</summary>
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
    /// The id of what a POST created: the id header, else the last segment of <c>Location</c> (which lacks the
    /// <c>/v2</c> prefix, so it is never followed).
    /// </summary>
    internal static string? CreatedId(HttpResponseMessage response)
    {
        if (Header(response, IdHeader) is { Length: > 0 } id)
            return id;

        string? location = Header(response, "Location");
        return location is null ? null : Uri.UnescapeDataString(location.TrimEnd('/').Substring(location.TrimEnd('/').LastIndexOf('/') + 1));
    }

    internal static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
