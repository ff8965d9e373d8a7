using System.Text.RegularExpressions;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Rules for the manifest and the files of the module.</summary>
public sealed class PackageTests
{
    [Fact]
    public void Manifest_CmdletsToExport_AreExactlyTheCommands()
    {
        Assert.Equal(
            BuiltModule.Commands.Select(command => command.Name).Order(StringComparer.Ordinal),
            BuiltModule.ManifestList("CmdletsToExport").Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain("'*'", BuiltModule.ManifestText, StringComparison.Ordinal);
        foreach (string name in new[] { "FunctionsToExport", "VariablesToExport", "AliasesToExport" })
            Assert.Matches($@"(?m)^\s*{name}\s*=\s*@\(\)\s*$", BuiltModule.ManifestText);
    }

    [Fact]
    public void Manifest_Requirements_AreDeclared()
    {
        Assert.Equal("5.1", BuiltModule.ManifestValue("PowerShellVersion"));
        Assert.Equal("4.7.2", BuiltModule.ManifestValue("DotNetFrameworkVersion"));
        Assert.Equal(["Desktop", "Core"], BuiltModule.ManifestList("CompatiblePSEditions"));
        Assert.True(Guid.TryParse(BuiltModule.ManifestValue("GUID"), out _));
        Assert.All(
            new[] { "Author", "CompanyName", "Copyright", "Description" },
            name => Assert.NotEqual("", BuiltModule.ManifestValue(name))
        );
    }

    [Fact]
    public void Manifest_TagsAndLicense_AreDeclared()
    {
        Assert.Superset(
            new HashSet<string> { "PSEdition_Desktop", "PSEdition_Core", "Windows", "Linux", "MacOS" },
            new HashSet<string>(BuiltModule.ManifestList("Tags"))
        );
        Assert.All(BuiltModule.ManifestList("Tags"), tag => Assert.DoesNotContain(' ', tag));
        Assert.StartsWith("https://", BuiltModule.ManifestValue("LicenseUri"), StringComparison.Ordinal);
    }

    [Fact]
    public void Version_InManifestAssembliesAndChangelog_IsTheSame()
    {
        string version = BuiltModule.ManifestValue("ModuleVersion");
        Assert.Equal(version, BuiltModule.Cmdlets.GetName().Version!.ToString(3));
        Assert.Equal(version, BuiltModule.Models.GetName().Version!.ToString(3));
        string changelog = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md"));
        Assert.Equal(version, Regex.Match(changelog, @"(?m)^## (?<version>\d+\.\d+\.\d+)").Groups["version"].Value);
    }

    [Theory]
    [InlineData("net8.0", "CsvHelper.dll,LinkedInExports.Core.dll,Polly.Core.dll")]
    [InlineData("netstandard2.0", null)]
    public void Build_PublicFolder_HasTwoAssembliesOnly(string flavour, string? packages)
    {
        string bin = Path.Combine(BuiltModule.Folder, "bin", flavour);
        Assert.Equal(["LinkedInExports.Models.dll", "LinkedInExports.dll"], Names(bin));
        string[] hidden = Names(Path.Combine(bin, "private"));
        if (packages is not null)
            Assert.Equal(packages.Split(','), hidden);
        Assert.DoesNotContain("System.Management.Automation.dll", hidden);
        Assert.DoesNotContain("LinkedInExports.Models.dll", hidden);
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void Build_Module_IsOfOneConfiguration(string flavour)
    {
        string bin = Path.Combine(BuiltModule.Folder, "bin", flavour);
        string[] own = Directory.GetFiles(bin, "LinkedInExports*.dll", SearchOption.AllDirectories);
        string configuration = Assert.Single(own.Select(Configuration).Distinct());

        // Symbols are separate files in a Debug build, and embedded in a Release build.
        string[] symbols = Directory.GetFiles(bin, "*.pdb", SearchOption.AllDirectories);
        Assert.Equal(
            configuration == "Debug" ? own.Select(dll => Path.ChangeExtension(dll, ".pdb")).Order(StringComparer.Ordinal) : [],
            symbols.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Build_TotalSize_IsSmall()
    {
        string[] files =
        [
            .. Directory
                .GetFiles(Path.Combine(BuiltModule.Folder, "bin"), "*", SearchOption.AllDirectories)
                .Where(file => !IsSymbols(file)),
        ];
        Assert.InRange(files.Sum(file => new FileInfo(file).Length), 1, 7 * 1024 * 1024);
        Assert.All(files, file => Assert.InRange(Path.GetRelativePath(Repository.Root, file).Length, 1, 100));
    }

    [Fact]
    public void Manifest_RequiredModules_AreNone() =>
        Assert.DoesNotContain("RequiredModules", BuiltModule.ManifestText, StringComparison.Ordinal);

    [Theory]
    [InlineData("LinkedInExports.dll")]
    [InlineData("LinkedInExports.Models.dll")]
    [InlineData("private/LinkedInExports.Core.dll")]
    public void Assemblies_OfModule_DoNotUseConsole(string dll)
    {
        using var stream = File.OpenRead(Path.Combine(BuiltModule.Bin, dll));
        using var file = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file);
        Assert.DoesNotContain(
            "System.Console",
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
        );
    }

    [Fact]
    public void ModuleScript_OfModule_WorksInConstrainedSession() =>
        Assert.DoesNotMatch(
            @"(?i)Add-Type|Write-Host|Invoke-Expression|Read-Host|Invoke-WebRequest|\[System\.Reflection",
            File.ReadAllText(Path.Combine(BuiltModule.Folder, "LinkedInExports.psm1"))
        );

    [Fact]
    public void Engine_References_DoNotIncludePowerShell()
    {
        string engine = Path.Combine(BuiltModule.Bin, "private", "LinkedInExports.Core.dll");
        using var stream = File.OpenRead(engine);
        using var file = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file);
        Assert.DoesNotContain(
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)),
            name => name.StartsWith("System.Management", StringComparison.Ordinal)
        );
    }

    private static bool IsSymbols(string file) => file.EndsWith(".pdb", StringComparison.Ordinal);

    private static string Configuration(string dll)
    {
        using var stream = File.OpenRead(dll);
        using var file = new System.Reflection.PortableExecutable.PEReader(stream);
        System.Reflection.Metadata.MetadataReader metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(
            file
        );
        return metadata
            .GetAssemblyDefinition()
            .GetCustomAttributes()
            .Select(metadata.GetCustomAttribute)
            .Where(attribute => TypeNameOf(metadata, attribute) == nameof(System.Reflection.AssemblyConfigurationAttribute))
            .Select(attribute => metadata.GetBlobReader(attribute.Value))
            .Select(value =>
            {
                value.ReadUInt16();
                return value.ReadSerializedString()!;
            })
            .Single();
    }

    private static string TypeNameOf(
        System.Reflection.Metadata.MetadataReader metadata,
        System.Reflection.Metadata.CustomAttribute attribute
    )
    {
        var constructor = metadata.GetMemberReference((System.Reflection.Metadata.MemberReferenceHandle)attribute.Constructor);
        return metadata.GetString(
            metadata.GetTypeReference((System.Reflection.Metadata.TypeReferenceHandle)constructor.Parent).Name
        );
    }

    private static string[] Names(string folder) =>
        [
            .. Directory
                .GetFiles(folder, "*")
                .Where(file => !IsSymbols(file))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)!,
        ];
}
