using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>Manifests as other versions of the module write them.</summary>
internal static class ManifestFile
{
    /// <summary>The manifest of a file in the format without a checksum.</summary>
    internal static string WithoutChecksum(string path)
    {
        string manifest = File.ReadAllText(path + ".manifest.json");
        string without = Regex.Replace(manifest, ",\"manifestSha256\":\"[0-9a-f]{64}\"}$", "}");
        Assert.NotEqual(manifest, without);
        return without;
    }
}
