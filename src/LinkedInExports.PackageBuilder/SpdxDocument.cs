using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LinkedInExports.PackageBuilder;

/// <summary>What the SBOM says about the build.</summary>
/// <param name="Version">The version of the module.</param>
/// <param name="Created">The time of the commit, in ISO 8601. The time of the build would be different in each build.</param>
/// <param name="Sdk">The version of the .NET SDK, which determines the compiler.</param>
internal sealed record BuildFacts(string Version, string Created, string Sdk);

/// <summary>
/// The software bill of materials of the module, in the format SPDX 2.3: each file with its hashes, and the package that it was
/// copied from.
/// </summary>
internal static class SpdxDocument
{
    /// <summary>Where sbom-tool looks for a document in the format 2.2 or 2.3.</summary>
    internal const string FileName = "_manifest/spdx_2.2/manifest.spdx.json";

    private const string Tool = "Tool: ";

    private const string Module = "SPDXRef-RootPackage";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    internal static void Write(ModuleFolder module, BuildFacts build)
    {
        string path = Path.Combine(module.Path, FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Create(module, build).ToJsonString(Indented) + "\n");
    }

    internal static JsonObject Create(ModuleFolder module, BuildFacts build)
    {
        string verificationCode = GetVerificationCode(module.Files);
        return new JsonObject
        {
            ["spdxVersion"] = "SPDX-2.3",
            ["dataLicense"] = "CC0-1.0",
            ["SPDXID"] = "SPDXRef-DOCUMENT",
            ["name"] = $"LinkedInExports {build.Version}",
            ["documentNamespace"] = $"https://spdx.org/spdxdocs/LinkedInExports-{build.Version}-{verificationCode}",
            ["creationInfo"] = new JsonObject
            {
                ["created"] = build.Created,
                ["creators"] = Array("Organization: LinkedInExports contributors", $"{Tool}dotnet-sdk-{build.Sdk}"),
            },
            ["documentDescribes"] = Array(Module),
            ["packages"] = new JsonArray([
                DescribeModule(module.Files, build.Version, verificationCode),
                .. module.Packages.Select(Describe),
            ]),
            ["files"] = new JsonArray([.. module.Files.Select(Describe)]),
            ["relationships"] = new JsonArray([
                Relate("SPDXRef-DOCUMENT", "DESCRIBES", Module),
                .. module.Packages.Select(package => Relate(Module, "DYNAMIC_LINK", GetId(package))),
                .. from file in module.Files
                where file.Package is not null
                select Relate(GetId(file), "EXPANDED_FROM_ARCHIVE", GetId(file.Package!)),
            ]),
        };
    }

    /// <summary>Reads the files that a document lists.</summary>
    internal static IEnumerable<(string Name, string Sha256)> ReadHashes(JsonObject document) =>
        from file in document["files"]!.AsArray()
        let name = file["fileName"]!.GetValue<string>()["./".Length..]
        let sha256 = file["checksums"]!.AsArray().Single(sum => sum!["algorithm"]!.GetValue<string>() == "SHA256")!
        select (name, sha256["checksumValue"]!.GetValue<string>());

    /// <summary>Reads the tool that created a document, such as "dotnet-sdk-10.0.100".</summary>
    internal static string? ReadTool(JsonObject document) =>
        document["creationInfo"]!["creators"]!
            .AsArray()
            .Select(creator => creator!.GetValue<string>())
            .FirstOrDefault(creator => creator.StartsWith(Tool, StringComparison.Ordinal))
            ?[Tool.Length..];

    /// <summary>Removes what depends on the content of the files.</summary>
    internal static void RemoveHashes(JsonObject document)
    {
        document.Remove("documentNamespace");
        document["packages"]![0]!.AsObject().Remove("packageVerificationCode");
        foreach (JsonNode? file in document["files"]!.AsArray())
            file!.AsObject().Remove("checksums");
    }

    internal static string GetSha256(byte[] content) => Hex(SHA256.HashData(content));

    private static JsonObject DescribeModule(IReadOnlyList<ModuleFile> files, string version, string verificationCode) =>
        new()
        {
            ["name"] = "LinkedInExports",
            ["SPDXID"] = Module,
            ["versionInfo"] = version,
            ["supplier"] = "Organization: LinkedInExports contributors",
            ["downloadLocation"] = NuGetPackage.Unknown,
            ["filesAnalyzed"] = true,
            ["packageVerificationCode"] = new JsonObject
            {
                ["packageVerificationCodeValue"] = verificationCode,
                ["packageVerificationCodeExcludedFiles"] = Array($"./{FileName}"),
            },
            ["licenseConcluded"] = "MIT",
            ["licenseInfoFromFiles"] = Array(NuGetPackage.Unknown),
            ["licenseDeclared"] = "MIT",
            ["copyrightText"] = NuGetPackage.Unknown,
            ["externalRefs"] = new JsonArray(Reference("LinkedInExports", version)),
            ["hasFiles"] = Array([.. files.Select(GetId)]),
        };

    private static JsonObject Describe(NuGetPackage package) =>
        new()
        {
            ["name"] = package.Id,
            ["SPDXID"] = GetId(package),
            ["versionInfo"] = package.Version,
            ["supplier"] = $"Organization: {package.Authors}",
            ["downloadLocation"] = NuGetPackage.Unknown,
            ["filesAnalyzed"] = false,
            ["licenseConcluded"] = package.License,
            ["licenseDeclared"] = package.DeclaredLicense,
            ["copyrightText"] = package.Copyright,
            ["externalRefs"] = new JsonArray(Reference(package.Id, package.Version)),
        };

    private static JsonObject Describe(ModuleFile file) =>
        new()
        {
            ["fileName"] = $"./{file.Name}",
            ["SPDXID"] = GetId(file),
            ["checksums"] = new JsonArray(
                new JsonObject { ["algorithm"] = "SHA256", ["checksumValue"] = GetSha256(file.Content) },
                new JsonObject { ["algorithm"] = "SHA1", ["checksumValue"] = GetSha1(file.Content) }
            ),
            ["licenseConcluded"] = file.Package?.License ?? "MIT",
            ["licenseInfoInFiles"] = Array(NuGetPackage.Unknown),
            ["copyrightText"] = file.Package?.Copyright ?? NuGetPackage.Unknown,
        };

    private static JsonObject Reference(string id, string version) =>
        new()
        {
            ["referenceCategory"] = "PACKAGE-MANAGER",
            ["referenceType"] = "purl",
            ["referenceLocator"] = $"pkg:nuget/{id}@{version}",
        };

    private static JsonObject Relate(string from, string type, string to) =>
        new()
        {
            ["spdxElementId"] = from,
            ["relationshipType"] = type,
            ["relatedSpdxElement"] = to,
        };

    private static string GetId(NuGetPackage package) => $"SPDXRef-Package-{package.Id}-{package.Version}";

    /// <summary>Gets an id, which may contain letters, digits, dots and hyphens.</summary>
    private static string GetId(ModuleFile file) => $"SPDXRef-File-{file.Name.Replace('/', '-').Replace('_', '-')}";

    /// <summary>Gets the verification code as SPDX defines it: the hash of the sorted hashes of the files.</summary>
    private static string GetVerificationCode(IReadOnlyList<ModuleFile> files) =>
        GetSha1(
            Encoding.ASCII.GetBytes(string.Concat(files.Select(file => GetSha1(file.Content)).Order(StringComparer.Ordinal)))
        );

    [SuppressMessage("Security", "CA5350", Justification = "SPDX requires SHA-1. The SHA-256 of each file is next to it.")]
    private static string GetSha1(byte[] content) => Hex(SHA1.HashData(content));

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    private static JsonArray Array(params string[] values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
