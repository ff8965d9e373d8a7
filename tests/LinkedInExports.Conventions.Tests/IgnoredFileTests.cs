using System.Diagnostics;
using System.Text.RegularExpressions;
using LinkedInExports.HelpBuilder;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>The files that examples write contain personal data, so they must never be committed by accident.</summary>
public sealed partial class IgnoredFileTests
{
    [Fact]
    public void GitIgnore_FilesThatExamplesWrite_AreIgnored()
    {
        string[] texts = [Path.Combine(Repository.Root, "README.md"), .. Directory.GetFiles(HelpSet.SourceFolder, "*.md")];
        string[] written =
        [
            .. texts
                .SelectMany(text => Written().Matches(File.ReadAllText(text)))
                .Select(match => match.Groups["path"].Value)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        Assert.Contains("./resume-sync", written);

        // A folder is ignored by a pattern with a slash at its end, which git compares with paths inside it only.
        string[] paths = [.. written.Select(path => Path.HasExtension(path) ? path : $"{path}/file")];
        var start = new ProcessStartInfo("git", ["check-ignore", "--no-index", .. paths]) { WorkingDirectory = Repository.Root };
        CommandLine.Result? result = CommandLine.Run(start, TimeSpan.FromMinutes(1));
        Assert.True(result is not null, "git is required to check what .gitignore ignores.");
        string[] ignored = result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.True(paths.Except(ignored).ToArray() is [], $"Add to .gitignore: {string.Join(", ", paths.Except(ignored))}");
    }

    [GeneratedRegex(
        @"(-Destination|-LedgerPath|-CheckpointPath|-OutputPath|Export-Csv|Export-Clixml)\s+(?<path>\./[\w-][\w.-]*|[\w-]+\.(csv|xml|json|html))\b"
    )]
    private static partial Regex Written();
}
