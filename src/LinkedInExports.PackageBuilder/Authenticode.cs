using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;

namespace LinkedInExports.PackageBuilder;

/// <summary>
/// Compares files without the Authenticode signatures that a build with a certificate adds. It does not validate them.
/// </summary>
internal static partial class Authenticode
{
    /// <summary>The offset of the checksum in the optional header.</summary>
    private const int ChecksumOffset = 64;

    /// <summary>A signature begins at a multiple of this length.</summary>
    private const int Alignment = 8;

    /// <summary>Whether a file ends with a signature, and nothing else that a comparison would ignore.</summary>
    internal static bool IsSigned(string name, byte[] content) =>
        IsScript(name)
            ? ScriptSignature().IsMatch(GetText(content))
            : IsAssembly(name)
                && GetCertificates(content) is { Size: > 0 } certificates
                && certificates.RelativeVirtualAddress + certificates.Size == content.Length;

    /// <summary>Compares a signed file with one that is not signed.</summary>
    internal static bool EqualsWithoutSignature(string name, byte[] signed, byte[] unsigned) =>
        !IsSigned(name, unsigned)
        && (
            IsAssembly(name)
                ? GetCertificates(unsigned) is not null && Normalize(signed).SequenceEqual(Normalize(unsigned))
                : RemoveSignature(GetText(signed)) == GetText(unsigned).TrimEnd('\r', '\n')
        );

    private static bool IsAssembly(string name) => Path.GetExtension(name) == ".dll";

    private static bool IsScript(string name) => Path.GetExtension(name) is ".ps1" or ".psm1" or ".psd1" or ".ps1xml";

    /// <summary>Gets the place of the certificates, or null if the file is not an assembly.</summary>
    private static DirectoryEntry? GetCertificates(byte[] content)
    {
        try
        {
            using var reader = new PEReader(new MemoryStream(content));
            return reader.PEHeaders.PEHeader?.CertificateTableDirectory;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>Removes the certificates at the end, and sets the fields that a signature changes to zero.</summary>
    private static ReadOnlySpan<byte> Normalize(byte[] content)
    {
        using var reader = new PEReader(new MemoryStream(content));
        PEHeaders headers = reader.PEHeaders;
        DirectoryEntry certificates = headers.PEHeader!.CertificateTableDirectory;
        int length = certificates.Size > 0 ? certificates.RelativeVirtualAddress : content.Length;
        byte[] result = new byte[(length + Alignment - 1) / Alignment * Alignment];
        content.AsSpan(0, length).CopyTo(result);
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(headers.PEHeaderStartOffset + ChecksumOffset), 0);
        // The fifth of the directories, which follow the other fields of the optional header.
        int directories = headers.PEHeaderStartOffset + (headers.PEHeader.Magic == PEMagic.PE32 ? 96 : 112);
        BinaryPrimitives.WriteInt64LittleEndian(result.AsSpan(directories + (4 * sizeof(long))), 0);
        return result;
    }

    /// <summary>Gets one character for each byte.</summary>
    private static string GetText(byte[] content) => Encoding.Latin1.GetString(content);

    private static string RemoveSignature(string text) => ScriptSignature().Replace(text, "").TrimEnd('\r', '\n');

    /// <summary>The comments of a signature at the end of a file. Other lines between them would be code.</summary>
    [GeneratedRegex(
        @"\r?\n(# SIG # Begin signature block\r?\n(# [A-Za-z0-9+/=]+\r?\n)+# SIG # End signature block"
            + @"|<!-- SIG # Begin signature block -->\r?\n(<!-- [A-Za-z0-9+/=]+ -->\r?\n)+<!-- SIG # End signature block -->)"
            + @"(\r?\n)*\z"
    )]
    private static partial Regex ScriptSignature();
}
