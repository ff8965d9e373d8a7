using System.Globalization;

namespace LinkedInExports.Core.IO;

/// <summary>Encodes bytes as lowercase hexadecimal, like sha256sum.</summary>
internal static class Hex
{
    internal static string Encode(byte[] bytes) =>
#if NET
        Convert.ToHexString(bytes).ToLower(CultureInfo.InvariantCulture);
#else
        BitConverter.ToString(bytes).Replace("-", "").ToLower(CultureInfo.InvariantCulture);
#endif
}
