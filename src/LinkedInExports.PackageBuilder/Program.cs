using LinkedInExports.PackageBuilder;

const string Usage = """
    describe <assets> <folder> <version> <created> <sdk>
                          writes the license texts and the SBOM into the folder of a package; <assets> is project.assets.json
    compare <package> <rebuilt package>
                          compares two packages file by file; ends with 1 if they are different
    """;

switch (args)
{
    case ["describe", string assets, string folder, string version, string created, string sdk]:
        return Describe(folder, AssetsFile.Read(assets), new BuildFacts(version, created, sdk));
    case ["compare", string package, string rebuilt]:
        return Compare(package, rebuilt);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static int Compare(string package, string rebuilt)
{
    try
    {
        IReadOnlyList<string> findings = PackageComparison.Compare(package, rebuilt);
        foreach (string finding in findings)
            Console.WriteLine(finding);
        return findings.Count == 0 ? 0 : 1;
    }
    catch (Exception exception) when (exception is InvalidDataException or System.Text.Json.JsonException)
    {
        Console.WriteLine($"The packages cannot be compared: {exception.Message}");
        return 1;
    }
}

static int Describe(string folder, AssetsFile assets, BuildFacts build)
{
    try
    {
        File.WriteAllText(Path.Combine(folder, Notices.FileName), Notices.Write(ModuleFolder.Read(folder, assets).Packages));
        // Reads the folder again, which now contains the notices.
        SpdxDocument.Write(ModuleFolder.Read(folder, assets), build);
        return 0;
    }
    catch (InvalidDataException exception)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
}
