using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>
/// Protocol 1.0.0: <c>ids[0].name=value&amp;…</c> in a query, and <c>name=value&amp;…</c> in JSON.
/// </summary>
internal sealed partial class RestLi1Keys : IResumeKeyFormat
{
    // The characters of a query (RFC 3986), without the delimiters of names and values and without a second question mark.
    private static readonly SearchValues<char> InQuery = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@/+"
    );

    public string? ReadQuery(string query, out IReadOnlyList<EmulatedResumeKey> keys)
    {
        List<EmulatedResumeKey> found = [];
        keys = found;
        List<List<KeyValuePair<string, string>>> parts = [];
        foreach (string pair in query.Length == 0 ? [] : query.Split('&'))
        {
            if (ReadPair(pair, out int index, out KeyValuePair<string, string> part) is { } problem)
                return problem;
            if (index > parts.Count)
                return $"Parameter 'ids' is invalid: index {parts.Count} is missing before {index}";
            if (index == parts.Count)
                parts.Add([]);
            parts[index].Add(part);
        }

        foreach (List<KeyValuePair<string, string>> key in parts)
        {
            if (EmulatedResumeKey.Build(key, out EmulatedResumeKey built) is { } problem)
                return $"Parameter 'ids' is invalid: {problem}";
            found.Add(built);
        }

        return found.Count == 0 ? "Parameter 'ids' is required" : null;
    }

    public string? ReadName(string name, out EmulatedResumeKey key)
    {
        key = default;
        List<KeyValuePair<string, string>> parts = [];
        foreach (string pair in name.Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                return "a part has no value";
            string raw = pair[(equals + 1)..];
            if (raw.Contains('=', StringComparison.Ordinal) || !PercentEncoding.HasWholeEscapes(raw))
                return "reserved characters must be percent-encoded";
            parts.Add(new(pair[..equals], Decode(raw)));
        }

        return EmulatedResumeKey.Build(parts, out key);
    }

    public string WriteName(EmulatedResumeKey key)
    {
        var text = new StringBuilder();
        foreach ((string name, string? value) in EmulatedResumeKey.PartNames.Zip(key.Values))
        {
            if (value is null)
                continue;
            if (text.Length > 0)
                text.Append('&');
            text.Append(name).Append('=');
            Encode(value, text);
        }

        return text.ToString();
    }

    private static string? ReadPair(string pair, out int index, out KeyValuePair<string, string> part)
    {
        (index, part) = (0, default);
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        string name = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]);
        Match match = IndexedName().Match(name);
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, out index))
            return $"Invalid query parameters passed to request: '{name}'";
        string raw = equals < 0 ? "" : pair[(equals + 1)..];
        if (!PercentEncoding.IsComplete(raw, InQuery))
            return $"Parameter '{name}' is invalid: reserved characters must be percent-encoded";
        part = new(match.Groups[2].Value, Decode(raw));
        return null;
    }

    private static string Decode(string raw) => Uri.UnescapeDataString(raw.Replace('+', ' '));

    // Same as java.net.URLEncoder.
    private static void Encode(string value, StringBuilder text)
    {
        foreach (byte b in Encoding.UTF8.GetBytes(value))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '*' or '_')
                text.Append(c);
            else if (c == ' ')
                text.Append('+');
            else
                text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex(@"\Aids\[(0|[1-9][0-9]{0,8})\]\.([A-Za-z0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IndexedName();
}
