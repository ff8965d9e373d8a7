using System.Diagnostics;
using LinkedInExports.Conventions.Tests.Documentation;

namespace LinkedInExports.Conventions.Tests;

/// <summary>A test that never ends must not block the run.</summary>
public sealed class ShellRunTests
{
    [PesterTheory]
    [InlineData("'before'; Start-Sleep -Seconds 600")]
    public async Task Run_ShellThatDoesNotEnd_IsEndedAndReportsItsOutput(string script)
    {
        // The time is long enough for the shell to start, even if all processors are used.
        ProcessStartInfo start = PowerShellTheoryAttribute.Shell!.Inline(script);
        (bool hasEnded, string output) = await ShellRun.RunAsync(start, TimeSpan.FromSeconds(20), CancellationToken.None);
        Assert.False(hasEnded);
        Assert.Contains("before", output, StringComparison.Ordinal);
        Assert.Contains("was still running", output, StringComparison.Ordinal);
    }
}
