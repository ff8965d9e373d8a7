using System.Buffers;

namespace LinkedInExports.Emulator.Http;

/// <summary>Checks whether texts are percent-encoded.</summary>
internal static class PercentEncoding
{
    /// <summary>
    /// The characters that a value in a Rest.li query can contain unencoded. Parentheses, commas, colons and apostrophes are
    /// syntax in protocol 2.0.0. LinkedIn's JavaScript client does not encode <c>*</c> and
    /// <c>!</c>, and its Java library <c>/</c>.
    /// </summary>
    public static readonly SearchValues<char> RestLiValue = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~*!/"
    );

    /// <summary>The characters that JavaScript's <c>encodeURIComponent</c> does not encode, for other queries.</summary>
    public static readonly SearchValues<char> UriComponent = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~*!'()"
    );

    /// <summary>Whether the text contains only unreserved characters and complete escapes.</summary>
    public static bool IsComplete(string raw, SearchValues<char> unreserved)
    {
        for (int i = 0; i < raw.Length; i++)
        {
            if (unreserved.Contains(raw[i]))
                continue;
            if (!IsEscape(raw, i))
                return false;
            i += 2;
        }

        return true;
    }

    /// <summary>Whether each percent sign begins an escape. Other characters are not checked.</summary>
    public static bool HasWholeEscapes(string raw)
    {
        for (int i = raw.IndexOf('%', StringComparison.Ordinal); i >= 0; i = raw.IndexOf('%', i + 1))
        {
            if (!IsEscape(raw, i))
                return false;
        }

        return true;
    }

    private static bool IsEscape(string raw, int at) =>
        raw[at] == '%' && at + 2 < raw.Length && char.IsAsciiHexDigit(raw[at + 1]) && char.IsAsciiHexDigit(raw[at + 2]);
}
