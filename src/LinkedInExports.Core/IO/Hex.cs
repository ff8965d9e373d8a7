using System.Globalization;

namespace LinkedInExports.Core.IO;

/// <summary>Bytes as lower-case hexadecimal, as sha256sum writes them.</summary>
internal static class Hex
{
    internal static string Encode(byte[] bytes) =>
#if NET
        Convert.ToHexString(bytes).ToLower(CultureInfo.InvariantCulture);
#else
        BitConverter.ToString(bytes).Replace("-", "").ToLower(CultureInfo.InvariantCulture);
#endif
}
