using System.Reflection;
using System.Xml.Linq;

namespace LinkedInExports.PackageBuilder;

/// <summary>A package in the cache of NuGet, with the license texts that its license requires to be shipped.</summary>
internal sealed class NuGetPackage(string id, string version, string folder)
{
    /// <summary>The value of SPDX for an unknown fact.</summary>
    internal const string Unknown = "NOASSERTION";

    private readonly Lazy<XElement> _metadata = new(() => ReadMetadata(id, folder));

    internal string Id => id;

    internal string Version => version;

    internal string Folder => folder;

    internal string Name => $"{Id} {Version}";

    internal string Authors => Value("authors") ?? Unknown;

    internal string Copyright => Value("copyright") ?? Unknown;

    internal string? ProjectUrl => Value("projectUrl");

    /// <summary>Gets the SPDX expression of the license. Older packages only have the text.</summary>
    internal string DeclaredLicense =>
        Element("license") is { } license && license.Attribute("type")?.Value == "expression" ? license.Value
        : LicenseFiles.Any(IsMit) ? "MIT"
        : Unknown;

    /// <summary>Gets the license that the module uses: of several alternatives, the first whose text is known.</summary>
    internal string License
    {
        get
        {
            string[] alternatives = DeclaredLicense.Trim('(', ')').Split(" OR ");
            return alternatives.Length == 1 ? DeclaredLicense : alternatives.FirstOrDefault(HasText) ?? DeclaredLicense;
        }
    }

    /// <summary>
    /// Gets the texts to ship: the license and the notices in the package, or the text of its license and its copyright.
    /// </summary>
    /// <exception cref="InvalidDataException">The package has no license text, and that of its license isn't known.</exception>
    internal IReadOnlyList<string> GetTexts()
    {
        string[] files = LicenseFiles;
        IEnumerable<string> notices = Files("*NOTICE*").Select(ReadText);
        if (files.Length > 0)
            return [.. files.Select(ReadText), .. notices];
        if (!HasText(License))
        {
            throw new InvalidDataException(
                $"{Name} has no license text. Add the text of its license '{DeclaredLicense}' to "
                    + "src/LinkedInExports.PackageBuilder/Licenses."
            );
        }

        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(License)!);
        return [$"{Copyright}\n\n{Normalize(reader.ReadToEnd())}", .. notices];
    }

    private static string ReadText(string file) => Normalize(File.ReadAllText(file));

    private string[] LicenseFiles => Files("LICENSE*");

    private string[] Files(string pattern)
    {
        var options = new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive };
        string[] files = Directory.GetFiles(Folder, pattern, options);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private string? Value(string name) => Element(name)?.Value.Trim();

    private XElement? Element(string name) => _metadata.Value.Element(_metadata.Value.Name.Namespace + name);

    private static bool HasText(string license) => Assembly.GetExecutingAssembly().GetManifestResourceInfo(license) is not null;

    private static bool IsMit(string file) => File.ReadAllText(file).Contains("The MIT License (MIT)", StringComparison.Ordinal);

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").Trim('\n').TrimEnd();

    private static XElement ReadMetadata(string id, string folder)
    {
        XElement package = XDocument.Load(Path.Combine(folder, $"{id.ToLowerInvariant()}.nuspec")).Root!;
        return package.Element(package.Name.Namespace + "metadata")!;
    }
}
