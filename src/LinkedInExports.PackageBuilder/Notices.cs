namespace LinkedInExports.PackageBuilder;

/// <summary>The license texts of the packages that the module contains.</summary>
internal static class Notices
{
    internal const string FileName = "THIRD-PARTY-NOTICES.txt";

    private static readonly string Separator = new('-', 80);

    internal static string Write(IReadOnlyList<NuGetPackage> packages)
    {
        // Many packages of .NET have the same texts.
        var texts = from package in packages from text in package.GetTexts() group package.Name by text;
        return string.Concat([
            "LinkedInExports contains the following packages, under their licenses.\n\n",
            .. packages.Select(Describe),
            .. texts.Select(text => $"\n{Separator}\n{string.Join(", ", text)}\n{Separator}\n\n{text.Key}\n"),
        ]);
    }

    private static string Describe(NuGetPackage package) =>
        $"{package.Name}, {package.License}\n    {package.Copyright}\n" + (package.ProjectUrl is { } url ? $"    {url}\n" : "");
}
