using System.Text.RegularExpressions;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>A tag of an action can be moved to other code, and a commit can't.</summary>
public sealed partial class WorkflowTests
{
    [Fact]
    public void Workflows_Actions_ArePinnedByCommit()
    {
        string[] actions =
        [
            .. Directory
                .GetFiles(Path.Combine(Repository.Root, ".github", "workflows"), "*.yml")
                .SelectMany(file => Uses().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups["action"].Value.TrimEnd('\r'))
                .Where(action => !action.StartsWith("./", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Matches(@"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", action));
        Assert.All(
            actions.GroupBy(action => action.Split('@')[0]),
            action => Assert.True(action.Distinct().Count() == 1, $"{action.Key} has several versions.")
        );
    }

    [GeneratedRegex("(?m)uses: (?<action>.+)$")]
    private static partial Regex Uses();
}
