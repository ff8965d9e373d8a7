using System.Buffers;
using System.Globalization;

namespace LinkedInExports.Emulator.Http;

/// <summary>Parses queries strictly: no unknown or repeated parameters, and complete percent-encoding.</summary>
internal static class RawQuery
{
    /// <summary>Gets the decoded value of the only allowed parameter.</summary>
    /// <param name="query">The encoded query.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="value">The decoded value.</param>
    /// <param name="unreserved">
    /// The characters that are allowed unencoded, or <c>null</c> for <see cref="PercentEncoding.RestLiValue"/>.
    /// </param>
    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? ReadOnly(string query, string name, out string value, SearchValues<char>? unreserved = null)
    {
        value = "";
        if (ReadAll(query, [name], out Dictionary<string, string> values, unreserved) is { } problem)
            return problem;
        if (!values.TryGetValue(name, out string? found) || found.Length == 0)
            return $"Parameter '{name}' is required";
        value = found;
        return null;
    }

    /// <summary>Gets the decoded values of the allowed parameters.</summary>
    /// <inheritdoc cref="ReadOnly"/>
    public static string? ReadAll(
        string query,
        string[] names,
        out Dictionary<string, string> values,
        SearchValues<char>? unreserved = null
    )
    {
        values = new(StringComparer.Ordinal);
        foreach (string pair in query.Length == 0 ? [] : query.Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? pair : pair[..equals];
            if (!names.Contains(name))
                return $"Invalid query parameters passed to request: '{name}'";
            string raw = equals < 0 ? "" : pair[(equals + 1)..];
            if (!values.TryAdd(name, raw))
                return $"Parameter '{name}' is given more than once";
        }

        foreach ((string name, string raw) in values)
        {
            if (!PercentEncoding.IsComplete(raw, unreserved ?? PercentEncoding.RestLiValue))
                return $"Parameter '{name}' is invalid: reserved characters have to be percent-encoded";
            values[name] = Uri.UnescapeDataString(raw);
        }

        return null;
    }

    /// <summary>Gets an integer from the result of <see cref="ReadAll"/>.</summary>
    /// <returns><c>false</c> if the value is not an integer or is less than <paramref name="min"/>.</returns>
    public static bool ReadNumber(Dictionary<string, string> query, string name, int defaultValue, int min, out int number)
    {
        number = defaultValue;
        return !query.TryGetValue(name, out string? text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min);
    }
}
