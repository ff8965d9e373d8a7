using System.Text.RegularExpressions;
using LinkedInExports.HelpBuilder;
using LinkedInExports.HelpBuilder.Markdown;
using LinkedInExports.HelpBuilder.Pages;
using LinkedInExports.HelpBuilder.Topics;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>
/// Commands, their pages and what Get-Help reads hold together. What follows from the code is written by
/// <c>./build.ps1 -Task Help</c>, so a page can only be right or stale.
/// </summary>
public sealed class HelpTests
{
    private const string HowToWrite =
        "Run ./build.ps1 -Task Help (or dotnet build src/LinkedInExports, then dotnet run --project src/LinkedInExports.HelpBuilder)";

    private static readonly IReadOnlyList<HelpFile> Files = HelpSet.Pages();

    public static TheoryData<string> FileNames => [.. Files.Select(file => Path.GetRelativePath(Repository.Root, file.Path))];

    public static TheoryData<string> Names => [.. BuiltModule.Commands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void C91_help_is_what_the_code_and_the_pages_give(string file)
    {
        HelpFile expected = Files.Single(one => one.Path == Path.Combine(Repository.Root, file));
        Assert.True(expected.IsUpToDate, $"{file} is not up to date. {HowToWrite}, and fill in what is new.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C90_each_command_has_a_page_with_nothing_left_to_fill_in(string name)
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
        Assert.All(Command(name).Parameters.Where(parameter => !parameter.IsHidden), parameter =>
        {
            string described = page.Parameters.Single(one => one.Name == parameter.Name).Description;
            string command = name.Replace("-", "", StringComparison.Ordinal);
            Assert.True(
                Cmdlet.GetNamedArgument(parameter.Attribute, "HelpMessage") as string == ParameterHelp.FirstSentence(described),
                $"Set HelpMessage = ParameterHelp.{command}.{parameter.Name}. For a parameter of a base class set "
                + $"ParameterHelp.Shared.{parameter.Name}, and begin its description with the same sentence on each page.");
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C90_each_page_has_two_examples_at_least_that_are_numbered_and_show_the_command(string name)
    {
        IReadOnlyList<Section> examples = Page(name).Examples;
        Assert.InRange(examples.Count, 2, 10);
        for (int i = 0; i < examples.Count; i++)
        {
            Assert.StartsWith($"Example {i + 1}: ", examples[i].Title, StringComparison.Ordinal);
            IEnumerable<Block.Code> commands = MarkdownText.Blocks(examples[i].Text).OfType<Block.Code>().Where(code => code.IsCommand);
            Assert.Contains(commands, code => code.Text.Contains(name, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C90_inputs_and_outputs_are_those_that_the_command_declares(string name)
    {
        CommandPage page = Page(name);
        Assert.Equal(CommandPage.PipelineTypes(Command(name)).Order(StringComparer.Ordinal), page.Inputs.Select(type => type.Title).Order(StringComparer.Ordinal));
        Assert.Equal(CommandPage.OutputTypes(Command(name)).Order(StringComparer.Ordinal), page.Outputs.Select(type => type.Title).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void C90_the_first_link_is_the_address_for_Online_and_the_others_lead_somewhere(string name)
    {
        CommandPage page = Page(name);
        Assert.NotNull(Command(name).HelpUri);
        Assert.Equal(Command(name).HelpUri, page.Links[0].Uri);
        Assert.All(page.Links.Where(link => !link.Uri.StartsWith("https://", StringComparison.Ordinal)), link =>
        {
            Assert.Equal(link.Text + ".md", link.Uri);
            Assert.Contains(Files, file => file.Path == Path.Combine(HelpSet.SourceFolder, link.Uri));
        });
    }

    [Fact]
    public void C90_there_is_an_about_topic_whose_fifth_line_is_its_synopsis() =>
        Assert.All(new[] { "about_LinkedInExports", "about_LinkedInExports_Errors", "about_LinkedInExports_Unattended" }, topic =>
            Assert.Matches(@"^    [A-Z].*\.$", File.ReadAllLines(Path.Combine(BuiltModule.Bin, "en-US", topic + ".help.txt"))[4]));

    [Fact]
    public void C91_no_page_belongs_to_a_command_that_is_gone() => Assert.Empty(HelpSet.Leftovers(HelpSet.SourceFolder, Files));

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void C92_the_build_puts_the_help_where_PowerShell_looks(string flavour)
    {
        string folder = Path.Combine(BuiltModule.Folder, "bin", flavour, "en-US");
        IReadOnlyList<HelpFile> files = HelpSet.Output(folder);
        Assert.All(files, file => Assert.True(
            file.IsUpToDate, $"{Path.GetRelativePath(Repository.Root, file.Path)} is older than its page. Run dotnet build src/LinkedInExports."));
        Assert.Empty(HelpSet.Leftovers(folder, files));
    }

    /// <summary>LinkedIn does not explain the column: it need not be the date on which a person left a company.</summary>
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
        Assert.All(texts, text =>
        {
            string content = File.ReadAllText(text);
            Assert.DoesNotMatch(new Regex(@"ExpiredAt\s+-(gt|ge|lt|le)\b", RegexOptions.IgnoreCase), content);
            Assert.DoesNotMatch(new Regex(@"(left|leaves|leave)\s+(their|his|her)\s+company|\bwho\s+left\b|left-?company", RegexOptions.IgnoreCase), content);
        });
    }

    [Fact]
    public void C45_each_error_has_a_category_a_meaning_and_a_remedy_and_a_name_that_says_what_happened() =>
        Assert.All(ErrorCatalogReader.Read(), entry =>
        {
            Assert.Matches("^[A-Z][A-Za-z]+$", entry.Id);
            Assert.NotEqual("NotSpecified", entry.Category);
            Assert.EndsWith(".", entry.Meaning, StringComparison.Ordinal);
            Assert.EndsWith(".", entry.RecommendedAction, StringComparison.Ordinal);
        });

    private static Cmdlet Command(string name) => BuiltModule.Commands.Single(command => command.Name == name);

    private static CommandPage Page(string name) => CommandPage.Parse(File.ReadAllText(HelpSet.GetPath(Command(name))));
}
