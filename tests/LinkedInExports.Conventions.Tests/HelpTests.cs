using System.Text.RegularExpressions;
using LinkedInExports.HelpBuilder;
using LinkedInExports.HelpBuilder.Markdown;
using LinkedInExports.HelpBuilder.Pages;
using LinkedInExports.HelpBuilder.Topics;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>
/// Cmdlets, their pages and the help of Get-Help are consistent. <c>./build.ps1 -Task Help</c> writes what follows from the
/// code.
/// </summary>
public sealed class HelpTests
{
    private const string HowToWrite =
        "Run ./build.ps1 -Task Help (or dotnet build src/LinkedInExports, then dotnet run --project "
        + "src/LinkedInExports.HelpBuilder)";

    private static readonly IReadOnlyList<HelpFile> Files = HelpSet.Pages();

    public static TheoryData<string> FileNames => [.. Files.Select(file => Path.GetRelativePath(Repository.Root, file.Path))];

    public static TheoryData<string> Names => [.. BuiltModule.Commands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void HelpFile_BuiltFromPages_IsUpToDate(string file)
    {
        HelpFile expected = Files.Single(one => one.Path == Path.Combine(Repository.Root, file));
        Assert.True(expected.IsUpToDate, $"{file} is not up to date. {HowToWrite}, and fill in what is new.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_OfCommand_IsComplete(string name)
    {
        string path = HelpSet.GetPath(Command(name));
        Assert.True(File.Exists(path), $"{name} has no page. {HowToWrite}, and fill it in.");
        Assert.DoesNotContain("{{", File.ReadAllText(path), StringComparison.Ordinal);

        CommandPage page = Page(name);
        Assert.Matches(@"^[A-Z].*\.$", page.Synopsis);
        Assert.NotEqual("", page.Description);
        Assert.All(page.Parameters, parameter => Assert.NotEqual("", parameter.Description));
        Assert.All(page.Inputs.Concat(page.Outputs), type => Assert.NotEqual("", type.Text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HelpMessage_OfEachParameter_IsTheFirstSentenceOfItsDescription(string name)
    {
        CommandPage page = Page(name);
        Assert.All(
            Command(name).Parameters.Where(parameter => !parameter.IsHidden),
            parameter =>
            {
                string described = page.Parameters.Single(one => one.Name == parameter.Name).Description;
                string command = name.Replace("-", "", StringComparison.Ordinal);
                Assert.True(
                    Cmdlet.GetNamedArgument(parameter.Attribute, "HelpMessage") as string
                        == HelpConstants.FirstSentence(described),
                    $"Set HelpMessage = ParameterHelp.{command}.{parameter.Name}. For a parameter of a base class set "
                        + $"ParameterHelp.Shared.{parameter.Name}, and begin its description with the same sentence on each page."
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_OfCommand_HasNumberedExamplesWithCommand(string name)
    {
        IReadOnlyList<Section> examples = Page(name).Examples;
        Assert.InRange(examples.Count, 2, 10);
        for (int i = 0; i < examples.Count; i++)
        {
            Assert.StartsWith($"Example {i + 1}: ", examples[i].Title, StringComparison.Ordinal);
            IEnumerable<Block.Code> commands = MarkdownText
                .Blocks(examples[i].Text)
                .OfType<Block.Code>()
                .Where(code => code.IsCommand);
            Assert.Contains(commands, code => code.Text.Contains(name, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_OfCommand_ListsDeclaredInputsAndOutputs(string name)
    {
        CommandPage page = Page(name);
        Assert.Equal(
            CommandPage.PipelineTypes(Command(name)).Order(StringComparer.Ordinal),
            page.Inputs.Select(type => type.Title).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            CommandPage.OutputTypes(Command(name)).Order(StringComparer.Ordinal),
            page.Outputs.Select(type => type.Title).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_OfPage_ResolveAndHelpUriIsFirst(string name)
    {
        CommandPage page = Page(name);
        Assert.True(
            Command(name).HelpUri is { } uri
                && (uri == page.Links[0].Uri || uri.EndsWith($"/docs/en-US/{name}.md", StringComparison.Ordinal)),
            $"HelpUri is {Command(name).HelpUri}. Set HelpUri = HelpLinks.{name.Replace("-", "", StringComparison.Ordinal)}."
        );
        Assert.All(
            page.Links.Where(link => !link.Uri.StartsWith("https://", StringComparison.Ordinal)),
            link =>
            {
                Assert.Equal(link.Text + ".md", link.Uri);
                Assert.Contains(Files, file => file.Path == Path.Combine(HelpSet.SourceFolder, link.Uri));
            }
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HelpUri_WithAndWithoutPublishedPages_IsPageOrItsFirstLink(string name)
    {
        string constant = $"internal const string {name.Replace("-", "", StringComparison.Ordinal)} = ";
        Assert.Contains(
            $"{constant}\"https://example.com/pages/{name}.md\";",
            HelpConstants.Write(HelpSet.SourceFolder, "https://example.com/pages"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"{constant}\"{Page(name).Links[0].Uri}\";",
            HelpConstants.Write(HelpSet.SourceFolder, ""),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void SubjectUri_OfNewPageWithoutLinks_IsEmpty() => Assert.Equal("", CommandPage.Parse("# New-Command").SubjectUri);

    [Fact]
    public void AboutTopics_FifthLine_IsSynopsis() =>
        Assert.All(
            new[]
            {
                "about_LinkedInExports",
                "about_LinkedInExports_Errors",
                "about_LinkedInExports_Limits",
                "about_LinkedInExports_Unattended",
            },
            topic =>
                Assert.Matches(
                    @"^    [A-Z].*\.$",
                    File.ReadAllLines(Path.Combine(BuiltModule.Bin, "en-US", topic + ".help.txt"))[4]
                )
        );

    [Fact]
    public void Pages_WithoutCommand_DoNotExist() => Assert.Empty(HelpSet.Leftovers(HelpSet.SourceFolder, Files));

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void Help_AfterBuild_IsBesideAssembly(string flavour)
    {
        string folder = Path.Combine(BuiltModule.Folder, "bin", flavour, "en-US");
        IReadOnlyList<HelpFile> files = HelpSet.Output(folder);
        Assert.All(
            files,
            file =>
                Assert.True(
                    file.IsUpToDate,
                    $"{Path.GetRelativePath(Repository.Root, file.Path)} is older than its page. Run dotnet build "
                        + "src/LinkedInExports."
                )
        );
        Assert.Empty(HelpSet.Leftovers(folder, files));
    }

    /// <summary>LinkedIn does not explain the column. It need not be the date on which a person left a company.</summary>
    [Fact]
    public void Texts_AboutExpiredAt_DoNotInterpretIt()
    {
        string[] texts =
        [
            Path.Combine(Repository.Root, "README.md"),
            .. Directory.GetFiles(HelpSet.SourceFolder, "*.md"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "module", "runbooks"), "*.ps*1"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "src", "LinkedInExports.Quickstart"), "*.ps1"),
        ];
        Assert.All(
            texts,
            text =>
            {
                string content = File.ReadAllText(text);
                Assert.DoesNotMatch(new Regex(@"ExpiredAt\s+-(gt|ge|lt|le)\b", RegexOptions.IgnoreCase), content);
                Assert.DoesNotMatch(
                    new Regex(
                        @"(left|leaves|leave)\s+(their|his|her)\s+company|\bwho\s+left\b|left-?company",
                        RegexOptions.IgnoreCase
                    ),
                    content
                );
            }
        );
    }

    [Fact]
    public void Errors_InCatalog_HaveCategoryMeaningAndAction() =>
        Assert.All(
            ErrorCatalogReader.Read(),
            entry =>
            {
                Assert.Matches("^[A-Z][A-Za-z]+$", entry.Id);
                Assert.NotEqual("NotSpecified", entry.Category);
                Assert.EndsWith(".", entry.Meaning, StringComparison.Ordinal);
                Assert.EndsWith(".", entry.RecommendedAction, StringComparison.Ordinal);
            }
        );

    private static Cmdlet Command(string name) => BuiltModule.Commands.Single(command => command.Name == name);

    private static CommandPage Page(string name) => CommandPage.Parse(File.ReadAllText(HelpSet.GetPath(Command(name))));
}
