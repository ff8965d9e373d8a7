using Xunit.Abstractions;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Runs the files of tests/pester, so that one command runs all tests.</summary>
public sealed class PesterSuite(PesterRuns runs, ITestOutputHelper output) : IClassFixture<PesterRuns>
{
    public static TheoryData<string> Files => [.. PesterRuns.Files.Order(StringComparer.Ordinal)];

    [PesterTheory]
    [MemberData(nameof(Files))]
    public async Task Suite_EachFile_Passes(string file)
    {
        PesterRuns.Result result = await runs.GetResultAsync(file);
        output.WriteLine(result.Output);
        Assert.True(result.HasPassed, $"{file} failed:\n{result.Output}");
    }
}
