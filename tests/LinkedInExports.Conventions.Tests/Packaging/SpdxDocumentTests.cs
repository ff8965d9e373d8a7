using System.Text.Json.Nodes;
using LinkedInExports.PackageBuilder;

namespace LinkedInExports.Conventions.Tests.Packaging;

/// <summary>The SBOM lists the files of the package.</summary>
public sealed class SpdxDocumentTests : IDisposable
{
    private static readonly BuildFacts Build = new("1.2.3", "2026-01-02T03:04:05Z", "10.0.100");

    private readonly PackageFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Create_Module_ListsEachFileWithItsHash()
    {
        ModuleFolder module = _fixture.Read();
        Assert.Equal(
            module.Files.Select(file => (file.Name, SpdxDocument.GetSha256(file.Content))),
            SpdxDocument.ReadHashes(SpdxDocument.Create(module, Build))
        );
    }

    [Fact]
    public void Create_Module_RelatesAssembliesToTheirPackages()
    {
        JsonObject document = SpdxDocument.Create(_fixture.Read(), Build);
        string[] relationships =
        [
            .. document["relationships"]!
                .AsArray()
                .Select(each => $"{each!["spdxElementId"]} {each["relationshipType"]} {each["relatedSpdxElement"]}"),
        ];
        string version = _fixture.Read().Packages.Single(package => package.Id == "Polly.Core").Version;
        Assert.Contains(
            $"SPDXRef-File-module-bin-net8.0-private-Polly.Core.dll EXPANDED_FROM_ARCHIVE SPDXRef-Package-Polly.Core-{version}",
            relationships
        );
    }

    [Fact]
    public void Create_Module_HasUniqueIdsThatAllRelationshipsUse()
    {
        JsonObject document = SpdxDocument.Create(_fixture.Read(), Build);
        List<string> ids = ["SPDXRef-DOCUMENT", .. Ids(document["packages"]!), .. Ids(document["files"]!)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^SPDXRef-[A-Za-z0-9.-]+$", id));
        Assert.Superset(
            ids.ToHashSet(),
            document["relationships"]!
                .AsArray()
                .SelectMany(each => new[] { $"{each!["spdxElementId"]}", $"{each["relatedSpdxElement"]}" })
                .Concat(ids)
                .ToHashSet()
        );
    }

    [Fact]
    public void Write_SameFiles_WritesSameBytes()
    {
        SpdxDocument.Write(_fixture.Read(), Build);
        byte[] first = File.ReadAllBytes(_fixture.GetPath(SpdxDocument.FileName));
        SpdxDocument.Write(_fixture.Read(), Build);
        Assert.Equal(first, File.ReadAllBytes(_fixture.GetPath(SpdxDocument.FileName)));
    }

    private static IEnumerable<string> Ids(JsonNode elements) =>
        elements.AsArray().Select(element => element!["SPDXID"]!.GetValue<string>());
}
