using System.Diagnostics;
using LinkedInExports.Tooling;
using Xunit.Abstractions;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Runs each file of tests/pester in a separate PowerShell process, so that one command runs all tests.</summary>
public sealed class PesterSuite(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "pester");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.Tests.ps1").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [PesterTheory]
    [MemberData(nameof(Files))]
    public async Task Suite_EachFile_Passes(string file)
    {
        ProcessStartInfo start = PesterTheoryAttribute.Shell!.Script(
            Path.Combine(Folder, "Invoke-Suite.ps1"),
            "-Path",
            Path.Combine(Folder, file)
        );
        start.WorkingDirectory = Repository.Root;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> printed = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        output.WriteLine(await printed);
        output.WriteLine(await errors);
        Assert.True(process.ExitCode == 0, $"{file} failed:\n{await printed}\n{await errors}");
    }
}
