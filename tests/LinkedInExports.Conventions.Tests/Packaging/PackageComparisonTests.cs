using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.PortableExecutable;
using LinkedInExports.PackageBuilder;

namespace LinkedInExports.Conventions.Tests.Packaging;

/// <summary>A comparison names each file that is different.</summary>
public sealed class PackageComparisonTests : IDisposable
{
    private const string Script = "module/LinkedInExports.psm1";
    private const string Assembly = "module/bin/net8.0/LinkedInExports.dll";

    private readonly string _folder = Directory.CreateTempSubdirectory("linkedinexports-").FullName;

    private static byte[] SignedAssembly =>
        File.ReadAllBytes(Path.Combine(BuiltModule.Folder, "bin", "netstandard2.0", "private", "System.Text.Json.dll"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Compare_SameFilesInAnotherOrder_FindsNothing() =>
        Assert.Empty(
            PackageComparison.Compare(
                Pack("package", ("a.txt", "1"u8.ToArray()), ("b.txt", "2"u8.ToArray())),
                Pack("rebuilt", ("b.txt", "2"u8.ToArray()), ("a.txt", "1"u8.ToArray()))
            )
        );

    [Fact]
    public void Compare_Differences_NamesTheFiles() =>
        Assert.Equal(
            ["extra.txt is only in the package.", "missing.txt is missing from the package.", "changed.txt is different."],
            PackageComparison.Compare(
                Pack("package", ("changed.txt", "1"u8.ToArray()), ("extra.txt", [])),
                Pack("rebuilt", ("changed.txt", "2"u8.ToArray()), ("missing.txt", []))
            )
        );

    [Theory]
    [InlineData("\r\n# SIG # Begin signature block\r\n# MII\r\n# SIG # End signature block\r\n")]
    [InlineData("\r\n<!-- SIG # Begin signature block -->\r\n<!-- MII -->\r\n<!-- SIG # End signature block -->\r\n")]
    public void Compare_SignedScript_IgnoresSignature(string signature)
    {
        string rebuilt = Pack("rebuilt", (Script, "'one'\n"u8.ToArray()));
        Assert.Empty(PackageComparison.Compare(Pack("package", (Script, Encode($"'one'\n{signature}"))), rebuilt));
        Assert.Equal(
            [$"{Script} is different."],
            PackageComparison.Compare(Pack("changed", (Script, Encode($"'two'\n{signature}"))), rebuilt)
        );
    }

    [Theory]
    [InlineData("$null = 'SIG # Begin signature block'; 'code'\r\n")]
    [InlineData("\r\n# SIG # Begin signature block\r\n# MII\r\n# SIG # End signature block\r\n'code'\r\n")]
    [InlineData("\r\n# SIG # Begin signature block\r\n# MII\r\n'code'\r\n# SIG # End signature block\r\n")]
    [InlineData("\r\n# SIG # Begin signature block\r\n#>'code'\r\n# SIG # End signature block\r\n")]
    [InlineData("\r\n# SIG # Begin signature block\r\n# MII\r\n")]
    public void Compare_CodeAtSignature_NamesTheFile(string added) =>
        Assert.Equal(
            [$"{Script} is different."],
            PackageComparison.Compare(
                Pack("package", (Script, Encode($"'one'\n{added}"))),
                Pack("rebuilt", (Script, "'one'\n"u8.ToArray()))
            )
        );

    [Fact]
    public void Compare_DataAtCertificates_NamesTheFile()
    {
        byte[] signed = SignedAssembly;
        string unsigned = Pack("unsigned", (Assembly, RemoveSignature(signed)));
        Assert.Equal(
            [$"{Assembly} is different."],
            PackageComparison.Compare(Pack("after", (Assembly, [.. signed, 1, 2, 3, 4, 5, 6, 7, 8])), unsigned)
        );
        byte[] changed = [.. signed];
        changed[^1] ^= 1;
        Assert.Equal(
            [$"{Assembly} is different."],
            PackageComparison.Compare(Pack("other", (Assembly, changed)), Pack("signed", (Assembly, signed)))
        );
        Assert.Equal(
            [$"{Assembly} is different."],
            PackageComparison.Compare(Pack("text", (Assembly, "text"u8.ToArray())), Pack("rebuilt", (Assembly, signed)))
        );
    }

    [Fact]
    public void Compare_EscapedOrRepeatedName_IsFound()
    {
        string rebuilt = Pack("rebuilt", (Script, []));
        Assert.NotEmpty(
            PackageComparison.Compare(Pack("escaped", (Script.Replace("E", "%45", StringComparison.Ordinal), [])), rebuilt)
        );
        Assert.Throws<InvalidDataException>(() => PackageComparison.Compare(Pack("twice", (Script, []), (Script, [1])), rebuilt));
    }

    [Fact]
    public void Compare_SignedAssembly_IgnoresSignature()
    {
        byte[] signed = SignedAssembly;
        Assert.True(Authenticode.IsSigned(Assembly, signed));
        byte[] unsigned = RemoveSignature(signed);
        Assert.False(Authenticode.IsSigned(Assembly, unsigned));
        string rebuilt = Pack("rebuilt", (Assembly, unsigned));
        Assert.Empty(PackageComparison.Compare(Pack("package", (Assembly, signed)), rebuilt));

        signed[unsigned.Length / 2] ^= 1;
        Assert.Equal([$"{Assembly} is different."], PackageComparison.Compare(Pack("changed", (Assembly, signed)), rebuilt));
    }

    [Fact]
    public void Compare_UnsignedPackage_MustHaveTheSameFields()
    {
        byte[] unsigned = RemoveSignature(SignedAssembly);
        byte[] changed = [.. unsigned, 0];
        Assert.Single(PackageComparison.Compare(Pack("package", (Assembly, changed)), Pack("rebuilt", (Assembly, unsigned))));
    }

    private static byte[] RemoveSignature(byte[] signed)
    {
        using var reader = new PEReader(new MemoryStream(signed));
        int optionalHeader = reader.PEHeaders.PEHeaderStartOffset;
        byte[] unsigned = signed[..reader.PEHeaders.PEHeader!.CertificateTableDirectory.RelativeVirtualAddress];
        int directories = optionalHeader + (reader.PEHeaders.PEHeader.Magic == PEMagic.PE32 ? 96 : 112);
        BinaryPrimitives.WriteInt32LittleEndian(unsigned.AsSpan(optionalHeader + 64), 0);
        BinaryPrimitives.WriteInt64LittleEndian(unsigned.AsSpan(directories + 32), 0);
        return unsigned;
    }

    private static byte[] Encode(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private string Pack(string name, params (string Name, byte[] Content)[] files)
    {
        string path = Path.Combine(_folder, $"{name}.nupkg");
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string file, byte[] content) in files)
        {
            using Stream stream = archive.CreateEntry(file).Open();
            stream.Write(content);
        }

        return path;
    }
}
