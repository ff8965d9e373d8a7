using System.Buffers.Text;
using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Authentication;

/// <summary>Texts that nobody can guess.</summary>
internal static class RandomText
{
    /// <summary>Looks like LinkedIn's tokens and codes.</summary>
    public static string Token(int bytes) => "AQ" + UrlSafe(bytes);

    /// <summary>A client secret with the characters that only work if a client encodes its form.</summary>
    public static string Secret() => $"WPL_AP1.{UrlSafe(9)}/{UrlSafe(6)}+{UrlSafe(6)}==";

    /// <summary>Letters that may stand in any part of a URL.</summary>
    public static string UrlSafe(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
