using LinkedInExports.PackageBuilder;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests.Packaging;

/// <summary>A copy of the built module in the layout of a package.</summary>
public sealed class PackageFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linkedinexports-").FullName;

    public PackageFixture()
    {
        string bin = Path.Combine(BuiltModule.Folder, "bin");
        foreach (string file in Directory.EnumerateFiles(bin, "*.dll", SearchOption.AllDirectories))
        {
            string copy = GetPath($"module/bin/{Path.GetRelativePath(bin, file)}");
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    internal AssetsFile Assets { get; } =
        AssetsFile.Read(Path.Combine(Repository.Root, "src", "LinkedInExports", "obj", "project.assets.json"));

    internal ModuleFolder Read() => ModuleFolder.Read(_folder, Assets);

    internal string GetPath(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
