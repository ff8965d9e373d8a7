using System.Text.RegularExpressions;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests.Documentation;

/// <summary>Comments and texts in code avoid the phrases that <see cref="LanguageTests"/> lists for the pages.</summary>
public sealed partial class CodeLanguageTests
{
    private static readonly string[] Extensions = [".cs", ".ps1", ".psm1", ".psd1"];

    /// <summary>Gets the folders, and whether their string literals are checked. Those of tests are test data.</summary>
    public static TheoryData<string, bool> Folders =>
        new()
        {
            { "src", true },
            { "module", true },
            { "build", true },
            { "tests/LinkedInExports.Benchmarks", true },
            { "tests", false },
        };

    [Theory]
    [MemberData(nameof(Folders))]
    public void Code_CommentsAndTexts_HaveNoListedPhrase(string folder, bool includesStrings)
    {
        IEnumerable<string> findings =
            from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            where Extensions.Contains(Path.GetExtension(path)) && !BuildOutput().IsMatch(path)
            from text in ReadTexts(path, includesStrings)
            from phrase in LanguageTests.Phrases
            let found = Regex.Match(text, phrase.Pattern, RegexOptions.IgnoreCase)
            where found.Success
            select $"{Path.GetRelativePath(Repository.Root, path)} has '{found.Value}'. Use instead: {phrase.Instead}. {text}";
        Assert.Empty(findings);
    }

    [Fact]
    public void ReadTexts_CommentsAndStrings_JoinsTheirLines()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "Sample.cs");
        File.WriteAllText(path, "// one\n// two\nText(\"three \"\n    + \"four\"); // five\n");
        Assert.Equal(["// one two", "\"three four\"", "// five"], ReadTexts(path, includesStrings: true));
        Assert.Equal(["// one two", "// five"], ReadTexts(path, includesStrings: false));
    }

    private static IEnumerable<string> ReadTexts(string path, bool includesStrings)
    {
        string code = File.ReadAllText(path).ReplaceLineEndings("\n");
        bool isCSharp = Path.GetExtension(path) == ".cs";
        code = (isCSharp ? CSharpLineBreak() : PowerShellLineBreak()).Replace(code, "");
        return (isCSharp ? CSharpText() : PowerShellText())
            .Matches(code)
            .Where(match => includesStrings || match.Groups["comment"].Success)
            .Select(match => match.Value.TrimEnd());
    }

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex BuildOutput();

    /// <summary>Matches the break between two lines of a comment, or two concatenated strings.</summary>
    [GeneratedRegex("""(?<=^ *//[^\n]*)\n *///?|"\s*\+\s*\$?"(?!")""", RegexOptions.Multiline)]
    private static partial Regex CSharpLineBreak();

    [GeneratedRegex("""(?<=^ *\#[^\n]*)\n *\#(?!>)""", RegexOptions.Multiline)]
    private static partial Regex PowerShellLineBreak();

    [GeneratedRegex(""""(?<comment>//[^\n]*)|"""[\s\S]*?"""|@"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)'"""")]
    private static partial Regex CSharpText();

    [GeneratedRegex("""(?<comment><\#[\s\S]*?\#>|\#[^\n]*)|"(?:[^"`]|`.)*"|'[^']*'""")]
    private static partial Regex PowerShellText();
}
