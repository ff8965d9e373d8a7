using System.Text.RegularExpressions;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests.Documentation;

/// <summary>A page that people read on the web: the README, a guide, or a page for contributors.</summary>
internal sealed partial record DocumentationPage(string Name, string Text)
{
    /// <summary>Gets README.md, CONTRIBUTING.md, SECURITY.md, docs/*.md and docs/adr/*.md.</summary>
    internal static IReadOnlyList<DocumentationPage> All { get; } = Read("", "docs", "docs/adr");

    /// <summary>
    /// Gets the pages of cmdlets and topics, the source of the help. Their examples are run by tests/pester/Help.Tests.ps1.
    /// </summary>
    internal static IReadOnlyList<DocumentationPage> Help { get; } = Read("docs/en-US");

    internal IReadOnlyList<CodeBlock> Blocks { get; } = [.. ReadBlocks(Text)];

    /// <summary>Gets the blocks that are run in one PowerShell session, in their order.</summary>
    internal IReadOnlyList<CodeBlock> Examples =>
        [.. Blocks.Where(block => block is { Language: "powershell", ReasonNotToRun: null })];

    /// <summary>Gets the text without code, in which names and options are quoted.</summary>
    internal string Prose => Code().Replace(Text, "");

    private static IReadOnlyList<DocumentationPage> Read(params string[] folders) =>
        [
            .. folders
                .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md"))
                .Order(StringComparer.Ordinal)
                .Select(path => new DocumentationPage(
                    Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'),
                    File.ReadAllText(path)
                )),
        ];

    private static IEnumerable<CodeBlock> ReadBlocks(string text)
    {
        MatchCollection fences = Fence().Matches(text.ReplaceLineEndings("\n"));
        for (int i = 0; i < fences.Count; i++)
        {
            Match? output =
                fences.ElementAtOrDefault(i + 1) is { } next && next.Groups["language"].Value == "output" ? next : null;
            string reason = fences[i].Groups["reason"].Value;
            yield return new(
                fences[i].Groups["language"].Value,
                fences[i].Groups["code"].Value,
                output?.Groups["code"].Value,
                reason.Length == 0 ? null : reason
            );
        }
    }

    [GeneratedRegex("(?ms)^(<!-- not run: (?<reason>[^\n]+) -->\n)?```(?<language>[a-z]*)\n(?<code>.*?)^```$")]
    private static partial Regex Fence();

    [GeneratedRegex("(?ms)^```.*?^```|`[^`\n]+`")]
    private static partial Regex Code();
}
