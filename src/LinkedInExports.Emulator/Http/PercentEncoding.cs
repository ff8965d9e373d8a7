using System.Buffers;

namespace LinkedInExports.Emulator.Http;

/// <summary>Tells whether a text is percent-encoded as it has to be.</summary>
internal static class PercentEncoding
{
    /// <summary>
    /// What a value in a Rest.li query may have as it is. Parentheses, commas, colons and apostrophes are syntax in protocol
    /// 2.0.0. LinkedIn's JavaScript client leaves <c>*</c> and <c>!</c>, its Java library also <c>/</c>.
    /// </summary>
    public static readonly SearchValues<char> RestLiValue = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~*!/"
    );

    /// <summary>What JavaScript's <c>encodeURIComponent</c> leaves as it is, for queries that are not Rest.li's.</summary>
    public static readonly SearchValues<char> UriComponent = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~*!'()"
    );

    /// <summary>Whether there is nothing but characters that may stand for themselves, and whole escapes.</summary>
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

    /// <summary>Whether each percent sign begins an escape; any other character may be there as it is.</summary>
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
