using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// The checksum at the end of a manifest's JSON. It covers the bytes and not the values, so that it includes properties of later
/// versions.
/// </summary>
internal static class ManifestChecksum
{
    private const int Digits = 64;

    private static readonly byte[] Name = Encoding.ASCII.GetBytes(",\"manifestSha256\":\"");
    private static readonly byte[] End = Encoding.ASCII.GetBytes("\"}");

    /// <summary>Appends the checksum as the last property.</summary>
    /// <param name="json">A JSON object with at least one property, without white space at its end.</param>
    internal static byte[] AppendTo(byte[] json) => [.. json.AsSpan(0, json.Length - 1), .. Name, .. ComputeSha256(json), .. End];

    /// <summary>Whether the JSON has a checksum, valid or not.</summary>
    internal static bool IsPresent(byte[] json) => json.AsSpan().IndexOf(Name) >= 0;

    /// <summary>Whether the JSON ends with its checksum.</summary>
    internal static bool IsValid(byte[] json)
    {
        int at = json.Length - Name.Length - Digits - End.Length;
        return at > 0
            && json.AsSpan(at, Name.Length).SequenceEqual(Name)
            && json.AsSpan(json.Length - End.Length).SequenceEqual(End)
            && json.AsSpan(at + Name.Length, Digits).SequenceEqual(ComputeSha256([.. json.AsSpan(0, at), (byte)'}']));
    }

    private static byte[] ComputeSha256(byte[] bytes) => Encoding.ASCII.GetBytes(Sha256Hash.ComputeHex(bytes));
}
