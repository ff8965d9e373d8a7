using System.Diagnostics;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>A theory that is skipped, with the reason, where there is no PowerShell or no Pester.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PesterTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<(PowerShell? Shell, string? Reason)> Found = new(Find);

    public PesterTheoryAttribute() => Skip = Found.Value.Reason;

    internal static PowerShell? Shell => Found.Value.Shell;

    private static (PowerShell? Shell, string? Reason) Find()
    {
        if (PowerShellLocator.Find(Repository.Root) is not { } shell)
            return (null, PowerShellLocator.HowToGet);

        var start = new ProcessStartInfo(
            shell.Command,
            [.. shell.Prefix, "-NoProfile", "-NonInteractive", "-Command", "exit [int](-not (Get-Module -ListAvailable Pester | Where-Object Version -ge 5.5))"])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0
            ? (shell, null)
            : (null, "Pester 5.5 or later was not found. ./build.ps1 -Task Test brings it, or: Install-PSResource Pester");
    }
}
