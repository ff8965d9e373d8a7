using System.Globalization;
using System.Text;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Replaces the data in texts by tokens. A text consists of words and separators: separators and words of the
/// <see cref="Vocabulary"/> are kept, so that the structure of a URN, key or message remains.
/// </summary>
internal sealed class Tokenizer(WordCipher cipher)
{
    internal const string Separators = " \t\r\n&=(),:/?[]{};\"'<>|._\\";

    /// <summary>The token of all secrets.</summary>
    internal const string Secret = "***";

    /// <summary>The number of links that are recognized when they are requested.</summary>
    private const int MaxLinks = 4096;

    /// <summary>A parameter that the module adds to a link.</summary>
    private const string FileNameParameter = "x-ambry-filename=";

    private readonly object _gate = new();
    private Dictionary<ulong, ulong> _links = [];
    private Dictionary<ulong, ulong> _olderLinks = [];

    /// <summary>Replaces the data in a text. A link becomes a token of its host and a token of the rest.</summary>
    internal string Tokenize(string text) => ParseLink(text) is { } link ? TokenizeLink(text, link) : TokenizeWords(text);

    /// <summary>Replaces the data of a form, or of another text.</summary>
    internal string TokenizeForm(string text) =>
        string.Join(
            "&",
            text.Split('&')
                .Select(field =>
                    field.IndexOf('=') is > 0 and var end && Vocabulary.IsSecret(field.Substring(0, end))
                        ? field.Substring(0, end + 1) + Secret
                        : TokenizeWords(field)
                )
        );

    /// <summary>Gets the path of a request: a token for a link of an earlier response, or its words.</summary>
    internal string TokenizePath(Uri address) =>
        TryGetLink(address, out ulong link)
            ? "/link/" + ToText(link)
            : TokenizeWords(Uri.UnescapeDataString(address.AbsolutePath));

    /// <summary>Whether an address is a link of an earlier response.</summary>
    internal bool IsLink(Uri address) => TryGetLink(address, out _);

    /// <summary>Replaces the data of a word.</summary>
    internal string TokenizeWord(string word)
    {
        if (word.Length == 0 || Vocabulary.Contains(word))
            return word;
        if (word.Contains('%') && Uri.UnescapeDataString(word) is var decoded && decoded != word)
            return RestLi.Encode(TokenizeWords(decoded));
        return cipher.Encrypt(word);
    }

    /// <summary>Replaces the data in a text that is not a link.</summary>
    internal string TokenizeWords(string text)
    {
        var tokens = new StringBuilder(text.Length);
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOfAny(SeparatorArray, start);
            if (end < 0)
                end = text.Length;
            string word = text.Substring(start, end - start);
            tokens.Append(IsIndex(text, start, end) ? word : TokenizeWord(word));
            if (end < text.Length)
                tokens.Append(text[end]);
            start = end + 1;
        }

        return tokens.ToString();
    }

    private static readonly char[] SeparatorArray = Separators.ToCharArray();

    /// <summary>Whether a word is the index of a list, as in <c>ids[0]</c>.</summary>
    private static bool IsIndex(string text, int start, int end) =>
        start > 0
        && end < text.Length
        && text[start - 1] == '['
        && text[end] == ']'
        && text.Substring(start, end - start).All(character => character is >= '0' and <= '9');

    private static Uri? ParseLink(string text) =>
        text.StartsWith("http", StringComparison.OrdinalIgnoreCase)
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? link)
        && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
            ? link
            : null;

    private string TokenizeLink(string text, Uri link)
    {
        ulong token = cipher.Hash(text);
        lock (_gate)
        {
            if (_links.Count >= MaxLinks)
                (_olderLinks, _links) = (_links, []);
            _links[token] = token;
            _links[cipher.Hash(link.AbsoluteUri)] = token; // The address of a redirect is normalized.
        }

        return $"{link.Scheme}://{ToText(cipher.Hash(link.Authority))}.invalid/{ToText(token)}";
    }

    private bool TryGetLink(Uri address, out ulong link)
    {
        string text = address.OriginalString;
        int end = text.IndexOf(FileNameParameter, StringComparison.Ordinal);
        ulong hash = cipher.Hash(end > 0 ? text.Substring(0, end - 1) : text);
        lock (_gate)
            return _links.TryGetValue(hash, out link) || _olderLinks.TryGetValue(hash, out link);
    }

    private static string ToText(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);
}
