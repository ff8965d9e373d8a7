using System.Buffers;
using System.Globalization;

namespace LinkedInExports.Emulator.Http;

/// <summary>Reads a query as strictly as it can be read: no unknown parameter, each once, fully percent-encoded.</summary>
internal static class RawQuery
{
    /// <summary>Finds the decoded value of the one parameter that is allowed.</summary>
    /// <param name="query">The query as sent.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="value">Its value.</param>
    /// <param name="unreserved">What may be in it without being encoded; <c>null</c> for <see
    /// cref="PercentEncoding.RestLiValue"/>.</param>
    /// <returns>What is wrong, or <c>null</c>.</returns>
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

    /// <summary>Finds the decoded values of those of the allowed parameters that are there.</summary>
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

    /// <summary>Takes a whole number out of what <see cref="ReadAll"/> found.</summary>
    /// <returns><c>false</c> if it is there and is none, or a smaller one than <paramref name="least"/>.</returns>
    public static bool ReadNumber(Dictionary<string, string> query, string name, int missing, int least, out int number)
    {
        number = missing;
        return !query.TryGetValue(name, out string? text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least);
    }
}
