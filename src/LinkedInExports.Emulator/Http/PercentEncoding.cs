using System.Buffers;

namespace LinkedInExports.Emulator.Http;

/// <summary>Tells whether a text is percent-encoded as it has to be.</summary>
internal static class PercentEncoding
{
    /// <summary>Whether there is nothing but characters that may stand for themselves, and whole escapes.</summary>
    public static bool IsComplete(string raw, SearchValues<char> unreserved)
    {
        for (int i = 0; i < raw.Length; i++)
        {
            if (unreserved.Contains(raw[i])) continue;
            if (raw[i] != '%' || i + 2 >= raw.Length) return false;
            if (!char.IsAsciiHexDigit(raw[i + 1]) || !char.IsAsciiHexDigit(raw[i + 2])) return false;
            i += 2;
        }

        return true;
    }
}
