using System.Text.RegularExpressions;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Links in the pages of the repository lead to files, headings and addresses that exist.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages =>
        [
            .. Directory
                .GetFiles(Repository.Root, "*.md")
                .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
                .Select(path => Path.GetRelativePath(Repository.Root, path)),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Links_Resolve(string page)
    {
        string path = Path.Combine(Repository.Root, page);
        string text = Code().Replace(File.ReadAllText(path), "");
        Assert.All(InlineLink().Matches(text).Select(match => match.Groups["to"].Value), to => AssertTarget(path, to));
        Assert.All(Definition().Matches(text).Select(match => match.Groups["to"].Value), to => AssertTarget(path, to));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_LinkReferences_AreDefinedAndUsed(string page)
    {
        string text = Code().Replace(File.ReadAllText(Path.Combine(Repository.Root, page)), "");
        Assert.Equal(
            Definition().Matches(text).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal),
            ReferenceLink().Matches(text).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)
        );
    }

    private static void AssertTarget(string page, string to)
    {
        if (to.StartsWith("https://", StringComparison.Ordinal))
        {
            Assert.True(
                Uri.TryCreate(to, UriKind.Absolute, out Uri? address) && address.Host.Contains('.', StringComparison.Ordinal),
                to
            );
            return;
        }

        string[] parts = to.Split('#', 2);
        string file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        Assert.True(File.Exists(file) || Directory.Exists(file), $"{to} does not exist.");
        if (parts.Length == 2)
        {
            Assert.Contains(
                parts[1],
                Heading().Matches(Code().Replace(File.ReadAllText(file), "")).Select(match => Anchor(match.Groups["text"].Value))
            );
        }
    }

    /// <summary>The name that GitHub gives to a heading.</summary>
    private static string Anchor(string heading) =>
        Regex.Replace(heading.Trim().ToLowerInvariant(), @"[^\p{L}\p{N}\- _]", "").Replace(' ', '-');

    [GeneratedRegex("(?ms)^```.*?^```|`[^`\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex InlineLink();

    [GeneratedRegex(@"\]\[(?<name>[^\]]+)\]")]
    private static partial Regex ReferenceLink();

    [GeneratedRegex(@"(?m)^\[(?<name>[^\]]+)\]: (?<to>\S+)$")]
    private static partial Regex Definition();

    [GeneratedRegex("(?m)^#+ (?<text>.+)$")]
    private static partial Regex Heading();
}
