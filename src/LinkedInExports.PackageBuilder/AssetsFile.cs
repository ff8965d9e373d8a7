using System.Text.Json;

namespace LinkedInExports.PackageBuilder;

/// <summary>The packages of a project, as NuGet resolved them into project.assets.json.</summary>
internal sealed class AssetsFile
{
    private readonly JsonElement _root;
    private readonly Dictionary<string, NuGetPackage> _packages;

    private AssetsFile(JsonElement root)
    {
        _root = root;
        string[] caches = [.. root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        _packages = root.GetProperty("libraries")
            .EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .ToDictionary(library => library.Name, library => CreatePackage(library, caches));
    }

    internal static AssetsFile Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new AssetsFile(document.RootElement.Clone());
    }

    /// <summary>Finds the package that an assembly was copied from.</summary>
    /// <param name="framework">The target framework of the build, such as net8.0.</param>
    /// <param name="path">The path of the assembly.</param>
    /// <returns>The package that has the same file, or null.</returns>
    internal NuGetPackage? FindPackage(string framework, string path)
    {
        byte[] content = File.ReadAllBytes(path);
        var copies =
            from library in _root.GetProperty("targets").GetProperty(framework).EnumerateObject()
            where _packages.ContainsKey(library.Name)
            where library.Value.TryGetProperty("runtime", out _)
            from file in library.Value.GetProperty("runtime").EnumerateObject()
            where Path.GetFileName(file.Name) == Path.GetFileName(path)
            let package = _packages[library.Name]
            where content.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(package.Folder, file.Name)))
            select package;
        return copies.FirstOrDefault();
    }

    private static NuGetPackage CreatePackage(JsonProperty library, string[] caches)
    {
        string[] name = library.Name.Split('/');
        string path = library.Value.GetProperty("path").GetString()!;
        return new NuGetPackage(name[0], name[1], caches.Select(cache => Path.Combine(cache, path)).First(Directory.Exists));
    }
}
