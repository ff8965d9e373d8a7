using System.Buffers;
using System.Text;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>
/// Protocol 2.0.0: <c>ids=List((name:value,…),…)</c> in a query, and <c>(name:value,…)</c> in JSON.
/// </summary>
internal sealed class RestLi2Keys : IResumeKeyFormat
{
    private const string Start = "ids=List(";
    private const string Empty = "''";

    private static readonly SearchValues<char> Syntax = SearchValues.Create(",()':%");

    public string? ReadQuery(string query, out IReadOnlyList<EmulatedResumeKey> keys)
    {
        List<EmulatedResumeKey> found = [];
        keys = found;
        if (query.Length == 0)
            return "Parameter 'ids' is required";
        if (!query.StartsWith(Start, StringComparison.Ordinal) || !query.EndsWith(')'))
            return "Invalid query parameters passed to request: expected ids=List(...) and nothing else";

        for (string rest = query[Start.Length..^1]; ; )
        {
            int end = rest.IndexOf(')', StringComparison.Ordinal);
            if (end < 0)
                return "Parameter 'ids' is invalid: a key is not closed";
            if (Read(rest[..(end + 1)], IsQueryValue, out EmulatedResumeKey key) is { } problem)
                return $"Parameter 'ids' is invalid: {problem}";
            found.Add(key);
            rest = rest[(end + 1)..];
            if (rest.Length == 0)
                return null;
            if (rest[0] != ',')
                return "Parameter 'ids' is invalid: keys must be separated by commas";
            rest = rest[1..];
        }
    }

    public string? ReadName(string name, out EmulatedResumeKey key) => Read(name, IsNameValue, out key);

    public string WriteName(EmulatedResumeKey key)
    {
        var text = new StringBuilder("(");
        foreach ((string name, string? value) in EmulatedResumeKey.PartNames.Zip(key.Values))
        {
            if (value is null)
                continue;
            if (text.Length > 1)
                text.Append(',');
            text.Append(name).Append(':');
            Encode(value, text);
        }

        return text.Append(')').ToString();
    }

    private static string? Read(string text, Func<string, bool> isValue, out EmulatedResumeKey key)
    {
        key = default;
        if (text is not ['(', .., ')'])
            return "a key must be in parentheses";
        List<KeyValuePair<string, string>> parts = [];
        foreach (string pair in text[1..^1].Split(','))
        {
            int colon = pair.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                return "a part has no value";
            string raw = pair[(colon + 1)..];
            if (raw.Length == 0)
                return "an empty value must be written as ''";
            if (raw != Empty && !isValue(raw))
                return "reserved characters must be percent-encoded";
            parts.Add(new(pair[..colon], raw == Empty ? "" : Uri.UnescapeDataString(raw)));
        }

        return EmulatedResumeKey.Build(parts, out key);
    }

    private static bool IsQueryValue(string raw) => PercentEncoding.IsComplete(raw, PercentEncoding.RestLiValue);

    private static bool IsNameValue(string raw) =>
        PercentEncoding.HasWholeEscapes(raw) && raw.All(c => c == '%' || !Syntax.Contains(c));

    // Outside of URLs, only syntax characters are encoded.
    private static void Encode(string value, StringBuilder text)
    {
        if (value.Length == 0)
            text.Append(Empty);
        foreach (char c in value)
        {
            if (Syntax.Contains(c))
                text.Append('%').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }
    }
}
