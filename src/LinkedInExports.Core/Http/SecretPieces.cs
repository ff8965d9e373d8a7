using System.Text;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Takes a known secret out of a text: as it is, encoded for an address or for JSON, cut short, or in pieces. What is left of
/// it is shorter than <see cref="Piece"/>.
/// </summary>
internal static class SecretPieces
{
    /// <summary>So short that it gives nothing away, and so long that no other word is taken for it.</summary>
    internal const int Piece = 8;

    internal const string Mark = "***";

    internal static string TakeOut(string text, string secret)
    {
        if (secret.Length == 0 || text.Length == 0)
            return text;
        if (secret.Length <= Piece)
            return text.Replace(secret, Mark);

        var pieces = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string form in new[] { secret, Uri.EscapeDataString(secret), secret.Replace("+", "\\u002B").Replace("/", "\\/") })
        {
            for (int at = 0; at + Piece <= form.Length; at++)
                pieces.Add(form.Substring(at, Piece));
        }

        var clean = new StringBuilder(text.Length);
        int end = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (at + Piece <= text.Length && pieces.Contains(text.Substring(at, Piece)))
            {
                if (at >= end)
                    clean.Append(Mark);
                end = at + Piece;
            }

            if (at >= end)
                clean.Append(text[at]);
        }

        return clean.ToString();
    }
}
