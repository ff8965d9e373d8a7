namespace LinkedInExports.PackageBuilder;

/// <summary>A file of the module, with the package that it was copied from.</summary>
internal sealed record ModuleFile(string Name, byte[] Content, NuGetPackage? Package);

/// <summary>The files of the module as they are packed, and the packages that they contain.</summary>
internal sealed record ModuleFolder(string Path, IReadOnlyList<ModuleFile> Files)
{
    /// <summary>Gets all packages that the files contain, by their ids.</summary>
    internal IReadOnlyList<NuGetPackage> Packages =>
        [
            .. Files
                .Select(file => file.Package)
                .OfType<NuGetPackage>()
                .Distinct()
                .OrderBy(package => package.Id, StringComparer.Ordinal)
                .ThenBy(package => package.Version, StringComparer.Ordinal),
        ];

    /// <summary>Reads the files of a folder. The SBOM describes the other files, and not itself.</summary>
    /// <exception cref="InvalidDataException">An assembly is neither of this project nor from a package.</exception>
    internal static ModuleFolder Read(string path, AssetsFile assets) =>
        new(
            path,
            [
                .. Directory
                    .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Select(file => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/'))
                    .Where(name => name != SpdxDocument.FileName)
                    .Order(StringComparer.Ordinal)
                    .Select(name => ReadFile(path, name, assets)),
            ]
        );

    private static ModuleFile ReadFile(string path, string name, AssetsFile assets)
    {
        string file = System.IO.Path.Combine(path, name);
        return new ModuleFile(name, File.ReadAllBytes(file), FindPackage(file, name, assets));
    }

    private static NuGetPackage? FindPackage(string file, string name, AssetsFile assets)
    {
        // module/bin/<framework>/[private/]<assembly>
        if (
            name.Split('/') is not ["module", "bin", string framework, .., string assembly]
            || !assembly.EndsWith(".dll", StringComparison.Ordinal)
            || assembly.StartsWith("LinkedInExports", StringComparison.Ordinal)
        )
        {
            return null;
        }

        return assets.FindPackage(framework, file)
            ?? throw new InvalidDataException($"{name} is not a file of the packages of the project.");
    }
}
