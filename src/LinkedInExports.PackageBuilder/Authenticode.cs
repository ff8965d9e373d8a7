using System.Buffers.Binary;
using System.Reflection.PortableExecutable;

namespace LinkedInExports.PackageBuilder;

/// <summary>Compares files without the Authenticode signatures that a build with a certificate adds.</summary>
internal static class Authenticode
{
    /// <summary>The offset of the checksum in the optional header.</summary>
    private const int ChecksumOffset = 64;

    /// <summary>A signature begins at a multiple of this length.</summary>
    private const int Alignment = 8;

    private static readonly byte[] ScriptSignature = "SIG # Begin signature block"u8.ToArray();

    internal static bool IsSigned(string name, byte[] content)
    {
        if (IsScript(name))
            return content.AsSpan().IndexOf(ScriptSignature) >= 0;
        if (!IsAssembly(name))
            return false;
        using var reader = new PEReader(new MemoryStream(content));
        return reader.PEHeaders.PEHeader!.CertificateTableDirectory.Size > 0;
    }

    internal static bool EqualsWithoutSignature(string name, byte[] left, byte[] right) =>
        IsAssembly(name) ? Normalize(left).SequenceEqual(Normalize(right))
        : IsScript(name) ? GetText(left).SequenceEqual(GetText(right))
        : left.AsSpan().SequenceEqual(right);

    private static bool IsAssembly(string name) => Path.GetExtension(name) == ".dll";

    private static bool IsScript(string name) => Path.GetExtension(name) is ".ps1" or ".psm1" or ".psd1" or ".ps1xml";

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

    /// <summary>Gets the script without the comment that has the signature, and without the line breaks before it.</summary>
    private static ReadOnlySpan<byte> GetText(ReadOnlySpan<byte> content)
    {
        int signature = content.LastIndexOf(ScriptSignature);
        if (signature >= 0)
            content = content[..(content[..signature].LastIndexOf((byte)'\n') + 1)];
        return content.TrimEnd("\r\n"u8);
    }
}
