namespace LinkedInExports.Core.Http;

/// <summary>The words of the Rest.li protocol that LinkedIn's API is built on.</summary>
internal static class RestLi
{
    internal const string ProtocolHeader = "X-RestLi-Protocol-Version";
    internal const string Protocol2 = "2.0.0";
    internal const string IdHeader = "X-RestLi-Id";

    /// <summary>A value for a query, with everything encoded that has a meaning in Rest.li: parentheses, commas, colons.</summary>
    internal static string Encode(string value) => Uri.EscapeDataString(value);

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
