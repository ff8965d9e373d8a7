using System.Diagnostics;

namespace LinkedInExports.Tooling;

/// <summary>Finds Pester among the user's modules, or fetches it into the repository's artifacts folder.</summary>
internal static class PesterModule
{
    internal const string InstallHint = "Pester 5.5 or later was not found. Install it with: Install-PSResource Pester";

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Checks that tests/pester/Invoke-Suite.ps1 can use Pester, and fetches it if it is missing.</summary>
    /// <param name="shell">The PowerShell that runs the suites.</param>
    /// <param name="repository">The root folder of the repository.</param>
    /// <param name="report">Receives the reason if it cannot be fetched.</param>
    internal static bool IsAvailable(PowerShell shell, string repository, Action<string> report)
    {
        if (HasPester(shell, repository))
            return true;

        string project = Path.Combine(repository, "tests", "pester", "Pester.csproj");
        var fetch = new ProcessStartInfo("dotnet", ["msbuild", project, "-restore", "-t:SavePester", "-v:q", "-nologo"])
        {
            WorkingDirectory = repository,
        };
        CommandLine.Result? result = CommandLine.Run(fetch, FetchTimeout);
        if (result is { IsSuccess: true })
            return HasPester(shell, repository);
        report($"Pester could not be fetched: {result?.LastLine ?? "the download did not end in time"}");
        return false;
    }

    private static bool HasPester(PowerShell shell, string repository)
    {
        string script = Path.Combine(repository, "tests", "pester", "Find-Pester.ps1");
        return CommandLine.Run(shell.Script(script), ProbeTimeout) is { IsSuccess: true };
    }
}
