using System.Globalization;
using System.Text;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Replaces the data in texts by pseudonyms. A text consists of words and separators: separators are kept, and where the
/// documentation determines the words, so are those of the <see cref="Vocabulary"/>. Thread-safe.
/// </summary>
internal sealed class Pseudonymizer(WordCipher cipher)
{
    /// <summary>The number of links that are recognized when they are requested.</summary>
    private const int MaxLinks = 4096;

    /// <summary>The name of a file, which the module adds to a link.</summary>
    private const string FileNameParameter = "x-ambry-filename=";

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly object _gate = new();
    private Dictionary<ulong, ulong> _links = [];
    private Dictionary<ulong, ulong> _olderLinks = [];

    /// <summary>
    /// Replaces the data in a header. A link becomes a pseudonym of its host and one of the rest, also within a path, as in
    /// <c>/hireMediaUrl/https%3A%2F%2F…</c>.
    /// </summary>
    internal string PseudonymizeHeader(string value)
    {
        if (ParseLink(value) is { } link)
            return PseudonymizeLink(value, link);
        int embedded = value.IndexOf(IncidentFormat.EmbeddedLink, StringComparison.OrdinalIgnoreCase);
        if (embedded >= 0 && Uri.UnescapeDataString(value.Substring(embedded + 1).TrimEnd('/')) is var inner)
        {
            if (ParseLink(inner) is { } innerLink)
                return PseudonymizeWords(value.Substring(0, embedded + 1)) + RestLi.Encode(PseudonymizeLink(inner, innerLink));
        }

        return PseudonymizeWords(value);
    }

    /// <summary>Replaces the data in a string of JSON.</summary>
    /// <param name="text">The string.</param>
    /// <param name="member">The name of its member, or an empty string.</param>
    internal string PseudonymizeValue(string text, string member) =>
        ParseLink(text) is { } link ? PseudonymizeLink(text, link)
        : Vocabulary.HasWords(member) ? PseudonymizeWords(text)
        : text.StartsWith("urn:li:", StringComparison.Ordinal) ? PseudonymizeData(text)
        : EncryptWords(text);

    /// <summary>Replaces the data in the name of a member, which can be a key with values.</summary>
    internal string PseudonymizeName(string name) =>
        name.IndexOfAny(['=', ':']) >= 0 ? PseudonymizeData(name) : PseudonymizeWords(name);

    /// <summary>Replaces the data of a form or query. The name of an uploaded file is removed.</summary>
    internal string PseudonymizeFields(string text) =>
        string.Join(
            "&",
            text.Split('&')
                .Where(field => !field.StartsWith(FileNameParameter, StringComparison.Ordinal))
                .Select(field =>
                    field.IndexOf('=') is > 0 and var end && Vocabulary.IsSecretField(field.Substring(0, end))
                        ? field.Substring(0, end + 1) + IncidentFormat.Secret
                        : PseudonymizeData(field)
                )
        );

    /// <summary>Replaces the data in a text whose words LinkedIn documents, such as a path or the message of an error.</summary>
    internal string PseudonymizeWords(string text) => Pseudonymize(text, KeptWords.All);

    /// <summary>
    /// Replaces the data of a query, key or URN: names remain, as do the values of those parameters whose values LinkedIn
    /// documents.
    /// </summary>
    internal string PseudonymizeData(string text) => Pseudonymize(text, KeptWords.Names);

    /// <summary>Replaces all words of a text.</summary>
    internal string EncryptWords(string text) => Pseudonymize(text, KeptWords.None);

    /// <summary>Replaces the data in the first row of a file, which may have documented columns. Its length remains.</summary>
    internal string PseudonymizeRow(string row)
    {
        var pseudonyms = new StringBuilder(row.Length);
        for (int start = 0; start <= row.Length; )
        {
            int end = row.IndexOfAny(Delimiters, start);
            if (end < 0)
                end = row.Length;
            string value = row.Substring(start, end - start);
            pseudonyms.Append(Vocabulary.IsColumn(value) ? value : cipher.Encrypt(value));
            if (end < row.Length)
                pseudonyms.Append(row[end]);
            start = end + 1;
        }

        return pseudonyms.ToString();
    }

    /// <summary>Gets the path of a request: a pseudonym for a link of an earlier response, or its words.</summary>
    /// <param name="address">The address of the request.</param>
    /// <param name="isLink">Whether it is a link of an earlier response.</param>
    internal string PseudonymizePath(Uri address, out bool isLink)
    {
        isLink = TryGetLink(address, out ulong link);
        return isLink ? IncidentFormat.LinkPath + ToText(link) : PseudonymizeWords(Uri.UnescapeDataString(address.AbsolutePath));
    }

    private string Pseudonymize(string text, KeptWords kept, int depth = 0)
    {
        var pseudonyms = new StringBuilder(text.Length);
        string name = "";
        for (var reader = new WordReader(text); reader.Read(); )
        {
            string word = reader.Word;
            bool isName = kept == KeptWords.Names && reader.IsName;
            bool isKept = kept switch
            {
                KeptWords.All => Vocabulary.Contains(word),
                KeptWords.Names => (isName || Vocabulary.HasWords(name)) && Vocabulary.Contains(word),
                _ => false,
            };
            pseudonyms.Append(
                word.Length == 0 || isKept || (kept != KeptWords.None && reader.IsIndex) ? word
                : depth < IncidentFormat.MaxEncodingDepth && Decode(word) is { } decoded
                    ? RestLi.Encode(Pseudonymize(decoded, kept, depth + 1))
                : cipher.Encrypt(word)
            );
            if (reader.Separator is not { } separator)
                continue;
            pseudonyms.Append(separator);
            if (isName)
                name = word;
            else if (separator is '&' or ',' or ')' or '"' or '\r' or '\n')
                name = "";
        }

        return pseudonyms.ToString();
    }

    private static string? Decode(string word) =>
        word.Contains('%') && Uri.UnescapeDataString(word) is var decoded && decoded != word ? decoded : null;

    private static Uri? ParseLink(string text) =>
        text.StartsWith("http", StringComparison.OrdinalIgnoreCase)
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? link)
        && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
            ? link
            : null;

    private string PseudonymizeLink(string text, Uri link)
    {
        ulong pseudonym = cipher.Hash(text);
        lock (_gate)
        {
            if (_links.Count >= MaxLinks)
                (_olderLinks, _links) = (_links, []);
            _links[pseudonym] = pseudonym;
            _links[cipher.Hash(link.AbsoluteUri)] = pseudonym; // The address of a redirect is normalized.
        }

        return $"{link.Scheme}://{ToText(cipher.Hash(link.Authority))}.invalid/{ToText(pseudonym)}";
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

    /// <summary>Specifies which documented words of a text remain.</summary>
    private enum KeptWords
    {
        None,

        /// <summary>Names, and the values of names whose values are documented.</summary>
        Names,

        All,
    }
}
