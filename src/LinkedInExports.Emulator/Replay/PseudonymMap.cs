using System.Buffers;
using System.Text;
using System.Text.Json;
using LinkedInExports.Core.Incidents;

namespace LinkedInExports.Emulator.Replay;

/// <summary>
/// The actual values of pseudonyms. A recorded request has pseudonyms in the places in which the replayed request has values, so
/// the responses can repeat the values of the request, as LinkedIn's do.
/// </summary>
internal sealed class PseudonymMap
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(IncidentFormat.Separators);

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Compares a recorded text with an actual one of the same structure, and adds the values of pseudonyms.</summary>
    public void Add(string recorded, string actual) => Add(recorded, actual, depth: 0);

    private void Add(string recorded, string actual, int depth)
    {
        List<(string Word, char Separator)> pseudonyms = Split(recorded);
        List<(string Word, char Separator)> words = Split(actual);
        bool hasSameStructure = pseudonyms
            .Select(pseudonym => pseudonym.Separator)
            .SequenceEqual(words.Select(word => word.Separator));
        if (!hasSameStructure)
            return;

        for (int index = 0; index < pseudonyms.Count; index++)
        {
            string pseudonym = pseudonyms[index].Word;
            string word = words[index].Word;
            if (pseudonym == word || pseudonym == IncidentFormat.Secret)
                continue;
            if (Decode(pseudonym, depth) is { } innerPseudonym && Decode(word, depth) is { } innerWord)
                Add(innerPseudonym, innerWord, depth + 1);
            else
                _values[pseudonym] = word;
        }
    }

    /// <summary>Compares recorded JSON with actual JSON, and adds the values of its pseudonyms.</summary>
    public void Add(JsonElement recorded, JsonElement actual)
    {
        switch (recorded.ValueKind, actual.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                foreach ((JsonProperty pseudonym, JsonProperty value) in recorded.EnumerateObject().Zip(actual.EnumerateObject()))
                {
                    Add(pseudonym.Name, value.Name);
                    Add(pseudonym.Value, value.Value);
                }

                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                foreach ((JsonElement pseudonym, JsonElement value) in recorded.EnumerateArray().Zip(actual.EnumerateArray()))
                    Add(pseudonym, value);
                break;
            case (JsonValueKind.String, JsonValueKind.String):
                Add(recorded.GetString()!, actual.GetString()!);
                break;
            case (JsonValueKind.String, JsonValueKind.Number):
                _values[recorded.GetString()!] = actual.GetRawText(); // A time.
                break;
            case (JsonValueKind.Number, JsonValueKind.Number):
                Add(recorded.GetRawText(), actual.GetRawText());
                break;
            default:
                break;
        }
    }

    /// <summary>Gets the actual value of a time in a request, such as the start of an export, or null.</summary>
    public string? GetTime(string pseudonym) => _values.GetValueOrDefault(pseudonym);

    /// <summary>Replaces the pseudonyms of a text whose values are known.</summary>
    public string Replace(string text) => Replace(text, depth: 0);

    private string Replace(string text, int depth)
    {
        var filled = new StringBuilder(text.Length);
        foreach ((string word, char separator) in Split(text))
        {
            filled.Append(
                _values.TryGetValue(word, out string? value) ? value
                : Decode(word, depth) is { } inner ? Uri.EscapeDataString(Replace(inner, depth + 1))
                : word
            );
            if (separator != '\0')
                filled.Append(separator);
        }

        return filled.ToString();
    }

    /// <summary>Splits a text into words, each with the separator after it.</summary>
    private static List<(string Word, char Separator)> Split(string text)
    {
        var words = new List<(string, char)>();
        int start = 0;
        while (true)
        {
            int length = text.AsSpan(start).IndexOfAny(Separators);
            if (length < 0)
            {
                words.Add((text[start..], '\0'));
                return words;
            }

            words.Add((text.Substring(start, length), text[start + length]));
            start += length + 1;
        }
    }

    /// <summary>Decodes a word, or returns null if it is not encoded, or encoded more deeply than the recorder decodes.</summary>
    private static string? Decode(string word, int depth) =>
        depth < IncidentFormat.MaxEncodingDepth
        && word.Contains('%', StringComparison.Ordinal)
        && Uri.UnescapeDataString(word) is var decoded
        && decoded != word
            ? decoded
            : null;
}
