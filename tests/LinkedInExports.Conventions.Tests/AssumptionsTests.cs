using System.Reflection;
using System.Text.RegularExpressions;
using LinkedInExports.HelpBuilder.Topics;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>The page "Assumptions about LinkedIn" is complete and names only what exists.</summary>
public sealed partial class AssumptionsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "assumptions.md"));

    /// <summary>Words of HTTP and of LinkedIn's endpoints that look like names of the module.</summary>
    private static readonly string[] Headers = ["Location", "Retry-After"];

    private static readonly HashSet<string> Errors = [.. ErrorCatalogReader.Read().Select(entry => entry.Id)];

    public static TheoryData<string> Rows =>
        [
            .. Page.Split('\n')
                .Where(line =>
                    line.StartsWith("| ", StringComparison.Ordinal)
                    && !line.StartsWith("| Assumption |", StringComparison.Ordinal)
                ),
        ];

    public static TheoryData<string> Names =>
        [.. CodeSpan().Matches(Page).Select(match => match.Groups["code"].Value).Distinct()];

    [Fact]
    public void Page_Rows_Exist() => Assert.InRange(Rows.Count, 50, 200);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_OfAssumptions_HasSourceAndConsequence(string row)
    {
        string[] cells = [.. row.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
        Assert.Equal(3, cells.Length);
        Assert.EndsWith(".", cells[0], StringComparison.Ordinal);
        Assert.Matches("^(Documented\\b.{4,}|Contradictory\\b.*|Silent\\b.*|Third party\\b.{4,})$", cells[1]);
        Assert.Matches(@"^[\[`A-Z].{10,}\.$", cells[2]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_InCode_Exists(string code)
    {
        if (code.StartsWith('-'))
        {
            AssertParameters(code, ParameterNames());
        }
        else if (CommandLine().Match(code) is { Success: true } line && !Headers.Contains(code))
        {
            AssertCommand(line);
        }
        else if (code.StartsWith("LINKEDIN_", StringComparison.Ordinal))
        {
            Assert.Contains(Sources(), source => File.ReadAllText(source).Contains($"\"{code}\"", StringComparison.Ordinal));
        }
        else if (code.EndsWith(".ps1", StringComparison.Ordinal))
        {
            Assert.True(File.Exists(Path.Combine(Repository.Root, "module", "runbooks", code)));
        }
        else if (Word().IsMatch(code) && !Headers.Contains(code))
        {
            Assert.True(
                Errors.Contains(code)
                    || Members().Contains(code)
                    || Sources().Any(source => Path.GetFileName(source) == code + ".cs"),
                code
            );
        }
    }

    [Fact]
    public void Name_AfterTheWordError_IsAnErrorId()
    {
        string[] named = [.. ErrorName().Matches(Page).Select(match => match.Groups["id"].Value)];
        Assert.InRange(named.Length, 10, 100);
        Assert.All(named, id => Assert.Contains(id, Errors));
    }

    private static void AssertCommand(Match line)
    {
        Cmdlet? command = BuiltModule.Commands.SingleOrDefault(command => command.Name == line.Groups["name"].Value);
        Assert.NotNull(command);
        AssertParameters(line.Groups["rest"].Value, CmdletParameter.GetAll(command));
    }

    private static void AssertParameters(string code, IReadOnlyList<CmdletParameter> known) =>
        Assert.All(
            Argument().Matches(code),
            match =>
            {
                CmdletParameter[] parameters = [.. known.Where(parameter => parameter.Name == match.Groups["name"].Value)];
                Assert.NotEmpty(parameters);
                if (
                    match.Groups["value"] is { Success: true, Value: { } value }
                    && parameters[0].AcceptedValues is { Count: > 0 } accepted
                )
                {
                    Assert.Contains(value, accepted);
                }
            }
        );

    private static IReadOnlyList<CmdletParameter> ParameterNames() =>
        [.. BuiltModule.Commands.SelectMany(CmdletParameter.GetAll)];

    private static HashSet<string> Members() =>
        [
            .. BuiltModule
                .Models.GetExportedTypes()
                .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
                .Select(member => member.Name),
            .. ParameterNames().SelectMany(parameter => parameter.AcceptedValues),
        ];

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path =>
                !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            );

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("^(?<name>[A-Z][a-z]+-[A-Z][A-Za-z]+)(?<rest>( .*)?)$")]
    private static partial Regex CommandLine();

    [GeneratedRegex("(?<=^| )-(?<name>[A-Za-z]+)( (?<value>[^- ][^ ]*))?")]
    private static partial Regex Argument();

    [GeneratedRegex("^[A-Z][a-z]+([A-Z][A-Za-z]*)*$")]
    private static partial Regex Word();

    [GeneratedRegex("error (is )?`(?<id>[A-Za-z]+)`")]
    private static partial Regex ErrorName();
}
