using System.Buffers.Text;
using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Authentication;

/// <summary>Creates unpredictable texts.</summary>
internal static class RandomText
{
    /// <summary>Creates a text that looks like LinkedIn's tokens and codes.</summary>
    public static string Token(int bytes) => "AQ" + UrlSafe(bytes);

    /// <summary>Creates a client secret with characters that are changed if a client does not encode its form.</summary>
    public static string Secret() => $"WPL_AP1.{UrlSafe(9)}/{UrlSafe(6)}+{UrlSafe(6)}==";

    /// <summary>Creates a text of characters that are valid in any part of a URL.</summary>
    public static string UrlSafe(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
