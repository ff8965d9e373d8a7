using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace LinkedInExports.PackageBuilder;

/// <summary>Compares a package with a package that was rebuilt from the same commit.</summary>
internal static class PackageComparison
{
    /// <summary>The signature of a feed, which is not part of a build.</summary>
    private const string FeedSignature = ".signature.p7s";

    /// <summary>Returns a sentence for each difference. Authenticode signatures of the package are ignored.</summary>
    internal static IReadOnlyList<string> Compare(string package, string rebuilt)
    {
        IReadOnlyDictionary<string, byte[]> left = Read(package);
        IReadOnlyDictionary<string, byte[]> right = Read(rebuilt);
        string[] changed = [.. left.Keys.Where(right.ContainsKey).Where(name => !left[name].AsSpan().SequenceEqual(right[name]))];
        string[] signed = [.. changed.Where(name => IsSameExceptForSignature(name, left[name], right[name]))];
        // The SBOM of a signed package has the hashes of the signed files.
        string[] different =
        [
            .. changed
                .Except(signed)
                .Where(name => name != SpdxDocument.FileName || signed.Length == 0 || !IsSameSbom(left, right)),
        ];
        List<string> findings =
        [
            .. left.Keys.Except(right.Keys).Select(name => $"{name} is only in the package."),
            .. right.Keys.Except(left.Keys).Select(name => $"{name} is missing from the package."),
            .. different.Select(name => $"{name} is different."),
            .. from name in different
            where name.EndsWith(".dll", StringComparison.Ordinal)
            let compilers = (Package: CompilerVersion.Read(left[name]), Rebuilt: CompilerVersion.Read(right[name]))
            where compilers.Package != compilers.Rebuilt
            group name by compilers into files
            select $"The package was compiled with C# compiler {files.Key.Package}, and rebuilt with {files.Key.Rebuilt}.",
        ];
        if (ReadSdk(left) != ReadSdk(right))
            findings.Add($"The package was built with {ReadSdk(left)}, and rebuilt with {ReadSdk(right)}.");
        return findings;
    }

    private static SortedDictionary<string, byte[]> Read(string package)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using ZipArchive archive = ZipFile.OpenRead(package);
        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.FullName != FeedSignature))
        {
            using Stream stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            if (!files.TryAdd(entry.FullName, content.ToArray()))
                throw new InvalidDataException($"{Path.GetFileName(package)} has several files with the name {entry.FullName}.");
        }

        return files;
    }

    private static bool IsSameExceptForSignature(string name, byte[] package, byte[] rebuilt) =>
        Authenticode.IsSigned(name, package) && Authenticode.EqualsWithoutSignature(name, package, rebuilt);

    /// <summary>Whether the SBOM has the hashes of the files of its package, and is otherwise the same.</summary>
    private static bool IsSameSbom(IReadOnlyDictionary<string, byte[]> package, IReadOnlyDictionary<string, byte[]> rebuilt)
    {
        JsonObject sbom = JsonNode.Parse(package[SpdxDocument.FileName])!.AsObject();
        JsonObject expected = JsonNode.Parse(rebuilt[SpdxDocument.FileName])!.AsObject();
        bool hasHashes = SpdxDocument
            .ReadHashes(sbom)
            .All(file => package.TryGetValue(file.Name, out byte[]? content) && file.Sha256 == SpdxDocument.GetSha256(content));
        SpdxDocument.RemoveHashes(sbom);
        SpdxDocument.RemoveHashes(expected);
        return hasHashes && JsonNode.DeepEquals(sbom, expected);
    }

    /// <summary>Reads the version of the SDK from the SBOM. The package of the emulator has none.</summary>
    private static string? ReadSdk(IReadOnlyDictionary<string, byte[]> files) =>
        files.TryGetValue(SpdxDocument.FileName, out byte[]? sbom)
            ? SpdxDocument.ReadTool(JsonNode.Parse(sbom)!.AsObject())
            : null;
}
