using System.Text.RegularExpressions;
using LinkedInExports.HelpBuilder.Topics;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests.Documentation;

/// <summary>The pages for contributors name types, folders and errors that exist.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Outcomes and names of .NET, HTTP, git and PowerShell in code.</summary>
    private static readonly string[] OtherNames =
    [
        "AssemblyLoadContext",
        "Authorization",
        "CmdletsToExport",
        "Date",
        "DateTimeOffset",
        "DiagnosticListener",
        "EventListener",
        "Failed",
        "Rejected",
        "SecureString",
        "ShouldProcess",
        "ToString",
        "WriteObject",
    ];

    private static readonly Lazy<HashSet<string>> Known = new(ReadNames);

    public static TheoryData<string> Names =>
        [
            .. DocumentationPage
                .All.Select(page => page.Name)
                .Where(name =>
                    name is "CONTRIBUTING.md" or "SECURITY.md" or "docs/architecture.md"
                    || name.StartsWith("docs/adr/", StringComparison.Ordinal)
                ),
        ];

    public static TheoryData<string> AllNames => LanguageTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_NamesInCode_Exist(string name)
    {
        DocumentationPage page = DocumentationPage.All.Single(page => page.Name == name);
        Assert.All(
            NameInCode().Matches(page.Text),
            match =>
                Assert.True(
                    Known.Value.Contains(match.Groups["name"].Value),
                    $"{name}: there is no '{match.Groups["name"].Value}' in src or tests. Correct the name, or add it to "
                        + "OtherNames if it is not of this project."
                )
        );
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Page_ErrorIds_AreInTheCatalogue(string name)
    {
        HashSet<string> ids = [.. ErrorCatalogReader.Read().Select(entry => entry.Id)];
        Assert.All(
            ErrorName().Matches(DocumentationPage.All.Concat(DocumentationPage.Help).Single(page => page.Name == name).Text),
            match =>
                Assert.True(
                    ids.Contains(match.Groups["id"].Value),
                    $"{name}: there is no error '{match.Groups["id"].Value}'. See src/LinkedInExports/Errors for the names."
                )
        );
    }

    private static HashSet<string> ReadNames()
    {
        string[] folders = [Path.Combine(Repository.Root, "src"), Path.Combine(Repository.Root, "tests")];
        string[] sources =
        [
            .. folders
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
                .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")),
        ];
        return
        [
            .. sources
                .SelectMany(source => Declaration().Matches(File.ReadAllText(source)))
                .Select(match => match.Groups["name"].Value),
            .. sources.Select(source => Path.GetFileName(Path.GetDirectoryName(source)!)),
            .. ErrorCatalogReader.Read().Select(entry => entry.Id),
            .. OtherNames,
        ];
    }

    [GeneratedRegex("`(?<name>[A-Z][a-z]+[A-Za-z]*)`")]
    private static partial Regex NameInCode();

    [GeneratedRegex(@"\b(class|struct|interface|record|enum)\s+(?<name>[A-Z]\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex("errors? (is |with the ID )?`(?<id>[A-Z][A-Za-z]+)`")]
    private static partial Regex ErrorName();
}
