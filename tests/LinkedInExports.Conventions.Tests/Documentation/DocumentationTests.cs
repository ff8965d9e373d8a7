using System.Text.RegularExpressions;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests.Documentation;

/// <summary>The examples of the README and of docs/ run and print what the page shows.</summary>
public sealed partial class DocumentationTests(ExampleRun run) : IClassFixture<ExampleRun>
{
    /// <summary>Words of languages that have no examples to run.</summary>
    private static readonly string[] OtherLanguages = ["output", "sh", "mermaid", "yaml", "csharp", "sql", "text", "json"];

    public static TheoryData<string> Names => [.. DocumentationPage.All.Select(page => page.Name)];

    public static TheoryData<string> NamesWithExamples =>
        [.. DocumentationPage.All.Where(page => page.Examples.Count > 0).Select(page => page.Name)];

    [PowerShellTheory]
    [MemberData(nameof(NamesWithExamples))]
    public void Page_Examples_PrintWhatIsShown(string name)
    {
        CodeBlock[] examples = [.. Page(name).Examples];
        string[] printed = run.GetOutput(name);
        Assert.Equal(examples.Length, printed.Length);
        Assert.All(examples.Zip(printed), pair => AssertShown(name, pair.First, pair.Second));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_Blocks_HaveAKnownLanguage(string name) =>
        Assert.All(
            Page(name).Blocks,
            block =>
                Assert.True(
                    block.Language == "powershell" || OtherLanguages.Contains(block.Language),
                    $"{name}: the language '{block.Language}' of a code block is not known. Use powershell for examples, "
                        + "output for what they print."
                )
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_PathsInShellCommands_Exist(string name) =>
        Assert.All(
            Page(name).Blocks.Where(block => block.Language == "sh"),
            block =>
                Assert.All(
                    RepositoryPath().Matches(block.Code),
                    match =>
                        Assert.True(
                            Path.Exists(Path.Combine(Repository.Root, match.Value)),
                            $"{name}: {match.Value} does not exist. Correct the command."
                        )
                )
        );

    [Fact]
    public void Normalize_TimesAndHashes_AreReplaced() =>
        Assert.Equal(
            "at time: guid hash, age, duration",
            CodeBlock.Normalize($"at 2026-11-26 17:04:37 UTC: {Guid.NewGuid()} {new string('a', 64)}, 12 s ago, 00:00:07 \n\n")
        );

    [Theory]
    [InlineData("a\n...\nd\n", true)]
    [InlineData("a\nb\nc\nd\n", true)]
    [InlineData("a\n...\nc\n", false)]
    [InlineData("a\nb\n", false)]
    public void IsShown_OmittedLines_StandForAnyLines(string shown, bool expected) =>
        Assert.Equal(expected, new CodeBlock("powershell", "", shown, null).IsShown("a\nb\nc\nd\n"));

    private static void AssertShown(string page, CodeBlock example, string printed)
    {
        bool hasFailed = Failure().IsMatch(printed) && example.Output is null;
        Assert.False(hasFailed, $"{page}: this example fails.\n{example.Code}\nIt prints:\n{printed}");
        if (example.Output is not null)
        {
            Assert.True(
                example.IsShown(printed),
                $"{page}: copy what this example prints to the page.\n{example.Code}\nIt prints:\n{printed}"
            );
        }
    }

    private static DocumentationPage Page(string name) => DocumentationPage.All.Single(page => page.Name == name);

    [GeneratedRegex(@"(?m)^(TERMINATED|[A-Z][a-z]+-[A-Za-z]+|): ")]
    private static partial Regex Failure();

    [GeneratedRegex(@"(?<=\s)\.?/?(src|tests|module|docs)/[\w./-]+")]
    private static partial Regex RepositoryPath();
}
