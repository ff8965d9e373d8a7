using System.Text.RegularExpressions;

namespace LinkedInExports.Conventions.Tests.Documentation;

/// <summary>
/// The pages use the words of .NET's and PowerShell's documentation. Each pattern has the words to use instead.
/// </summary>
public sealed class LanguageTests
{
    internal static readonly (string Pattern, string Instead)[] Phrases =
    [
        (@"\b(no|some|who)body\b|\bwhoever\b", "the user, the caller, or the passive"),
        (@"\banew\b", "again"),
        (@"\bin vain\b", "without progress"),
        (@"\ball the same\b", "anyway"),
        (@"\bof (its|their|his) own\b(?=[.,;:)])", "its own ..."),
        (@"\b(go|goes|went|going) on\b", "continue, resume"),
        (@"\b(is|are|was|were) gone\b", "was removed, has expired"),
        (@"\b(is|are) none\b", "does not exist"),
        (@"\bfor ever\b", "indefinitely"),
        (@"\bthe one\b[^.]{1,60}\bthe other\b", "the first ... the second"),
        (@"\b(stands|lies)\b", "is, is located"),
        (@"\bsuch\b(?!\s+as\b)", "these, this kind of"),
        (@"\bsays? so\b|\btells? whether\b", "reports, indicates"),
        (@"\bwants? out\b", "cancels"),
        (@"\bis (simply )?run again\b", "run the command again"),
        (@"\bwhole\b(?!\s+(day|days|year|seconds|milliseconds|minutes)\b)", "complete"),
        (@"\bbeside\b", "next to"),
        (@"\bis had\b|\bhas LinkedIn\b", "LinkedIn creates ..."),
        (@"\bby (itself|themselves)\b", "automatically"),
        (@"\bunder way\b", "in progress, current"),
        (@"\bmake good\b|\bmade good\b|\bvouch", "verify, replace"),
    ];

    public static TheoryData<string> Names => [.. Pages.Select(page => page.Name)];

    private static IEnumerable<DocumentationPage> Pages => DocumentationPage.All.Concat(DocumentationPage.Help);

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_Prose_HasNoListedPhrase(string name)
    {
        string prose = Pages.Single(page => page.Name == name).Prose;
        Assert.All(
            Phrases,
            phrase =>
            {
                Match found = Regex.Match(prose, phrase.Pattern, RegexOptions.IgnoreCase);
                Assert.False(found.Success, $"{name} has '{found.Value}'. Use instead: {phrase.Instead}.");
            }
        );
    }
}
