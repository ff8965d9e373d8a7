using System.Text.RegularExpressions;
using System.Xml.Linq;
using LinkedInExports.HelpBuilder.Topics;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Rules for the manifest and for what lies beside it.</summary>
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
    public void Views_InFormatFile_FitExistingTypesAnd80Columns()
    {
        XDocument views = XDocument.Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Format.ps1xml"));
        Assert.All(
            views.Descendants("TypeName").Select(name => name.Value.Replace("Deserialized.", "", StringComparison.Ordinal)),
            name => Assert.NotNull(BuiltModule.Models.GetType(name))
        );
        Assert.All(
            views.Descendants("ViewSelectedBy"),
            view =>
                Assert.Equal(
                    view.Elements("TypeName")
                        .Select(name => name.Value)
                        .Where(name => !name.StartsWith("Deserialized.", StringComparison.Ordinal))
                        .Select(name => "Deserialized." + name),
                    view.Elements("TypeName")
                        .Select(name => name.Value)
                        .Where(name => name.StartsWith("Deserialized.", StringComparison.Ordinal))
                )
        );
        Assert.All(
            views.Descendants("TableHeaders"),
            table =>
            {
                int[] widths = [.. table.Elements("TableColumnHeader").Select(column => (int?)column.Element("Width") ?? 0)];
                Assert.InRange(widths.Length, 1, 5);
                Assert.InRange(widths.Sum() + widths.Length - 1, 1, 79);
            }
        );
    }

    /// <summary>What the commands output, apart from what belongs to PowerShell itself.</summary>
    public static TheoryData<string> OutputTypes =>
        [
            .. BuiltModule
                .Commands.SelectMany(command => command.OutputTypes)
                .Select(type => type.FullName!)
                .Where(name => name.StartsWith("LinkedInExports.", StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void OutputType_InFormatFile_HasTableAndList(string type)
    {
        XElement[] views =
        [
            .. XDocument
                .Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Format.ps1xml"))
                .Descendants("View")
                .Where(view => view.Descendants("TypeName").Any(name => name.Value == type)),
        ];

        // The columns of a seat are those of its file, whatever they are.
        if (type != "LinkedInExports.SeatRecord")
            Assert.Single(views, view => view.Element("TableControl") is not null);

        // A list of a record would leave out the columns that nobody documented; PowerShell's own shows them.
        if (!type.EndsWith("Record", StringComparison.Ordinal))
            Assert.Single(views, view => view.Element("ListControl") is not null);
    }

    [Fact]
    public void Views_InFormatFile_ShowNoSignedLinks() =>
        Assert.DoesNotContain(
            XDocument.Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Format.ps1xml")).Descendants("PropertyName"),
            property => property.Value is "DownloadUrls" or "DownloadUrl"
        );

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

        // Symbols are beside the dlls of a Debug build, and inside those of a Release build.
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
        Assert.InRange(files.Sum(file => new FileInfo(file).Length), 1, 6 * 1024 * 1024);
        Assert.All(files, file => Assert.InRange(Path.GetRelativePath(Repository.Root, file).Length, 1, 100));
    }

    [Fact]
    public void Manifest_RequiredModules_AreNone() =>
        Assert.DoesNotContain("RequiredModules", BuiltModule.ManifestText, StringComparison.Ordinal);

    [Fact]
    public void ErrorIds_OfModels_AreInCatalog()
    {
        string[] ids =
        [
            .. BuiltModule
                .Models.GetType("LinkedInExports.LinkedInErrorId")!
                .GetFields()
                .Where(field => field.IsLiteral)
                .Select(field => field.Name),
        ];
        Assert.NotEmpty(ids);
        Assert.Equal(
            ids.Order(StringComparer.Ordinal),
            ErrorCatalogReader.Read().Select(entry => entry.Id).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("TokenRejected", "AuthenticationError")]
    [InlineData("InvalidCredentials", "AuthenticationError")]
    [InlineData("AccessDenied", "PermissionDenied")]
    [InlineData("NotFound", "ObjectNotFound")]
    [InlineData("FileExists", "ResourceExists")]
    [InlineData("BadRequest", "InvalidArgument")]
    [InlineData("RateLimitExceeded", "LimitsExceeded")]
    [InlineData("RequestTimedOut", "OperationTimeout")]
    [InlineData("WaitTimedOut", "OperationTimeout")]
    [InlineData("ConnectionFailed", "ConnectionError")]
    [InlineData("NotConnected", "ConnectionError")]
    [InlineData("MalformedRow", "ParserError")]
    [InlineData("FileWriteFailed", "WriteError")]
    [InlineData("FileReadFailed", "ReadError")]
    public void ErrorCategory_OfId_MatchesMeaning(string id, string category) =>
        Assert.Equal(category, ErrorCatalogReader.Read().Single(entry => entry.Id == id).Category);

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

    /// <summary>The files of a folder, except for the symbols of a Debug build.</summary>
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

    [Fact]
    public void Views_ScriptBlocks_NameNoTypeOfTheModule() =>
        Assert.All(
            // Where the language mode is constrained, such a script block shows nothing.
            // LinkedInExports.Formatting.ViewProperties is for that.
            XDocument.Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Format.ps1xml")).Descendants("ScriptBlock"),
            script => Assert.DoesNotContain("[LinkedInExports", script.Value, StringComparison.Ordinal)
        );

    [Fact]
    public void Types_SerializedProperties_AreAllButTheLinks() =>
        Assert.All(
            XDocument
                .Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Types.ps1xml"))
                .Descendants("PropertySet")
                .Where(set => set.Element("Name")!.Value == "PropertySerializationSet"),
            set =>
            {
                string name = set.Ancestors("Type").Single().Element("Name")!.Value;
                Assert.Equal(
                    BuiltModule
                        .Models.GetType(name, throwOnError: true)!
                        .GetProperties()
                        .Select(property => property.Name)
                        .Except(["DownloadUrls"])
                        .Order(StringComparer.Ordinal),
                    set.Descendants("ReferencedProperties")
                        .Elements("Name")
                        .Select(property => property.Value)
                        .Order(StringComparer.Ordinal)
                );
            }
        );

    [Fact]
    public void Types_PropertiesOfViews_AreHiddenAndExist() =>
        Assert.All(
            XDocument.Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Types.ps1xml")).Descendants("CodeProperty"),
            property =>
            {
                Assert.Equal("true", property.Attribute("IsHidden")?.Value);
                string method = property.Descendants("MethodName").Single().Value;
                Assert.Equal(property.Element("Name")!.Value, method);
                Assert.NotNull(
                    BuiltModule
                        .Cmdlets.GetType(property.Descendants("TypeName").Single().Value, throwOnError: true)!
                        .GetMethod(method)
                );
            }
        );
}
