namespace LinkedInExports.Tooling;

/// <summary>Finds Pester among the user's modules, or downloads it into the repository's artifacts folder.</summary>
internal static class PesterModule
{
    internal const string InstallHint = "Pester 5.5 or later was not found. Install it with: Install-PSResource Pester";

    /// <summary>Includes the download.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(6);

    /// <summary>Checks that tests/pester/Invoke-Suite.ps1 can use Pester, and downloads it if it is missing.</summary>
    /// <param name="shell">The PowerShell that runs the suites.</param>
    /// <param name="repository">The root folder of the repository.</param>
    /// <param name="report">Receives the reason if it cannot be downloaded.</param>
    internal static bool IsAvailable(PowerShell shell, string repository, Action<string> report)
    {
        string script = Path.Combine(repository, "tests", "pester", "Find-Pester.ps1");
        CommandLine.Result? result = CommandLine.Run(shell.Script(script), Timeout);
        if (result is { IsSuccess: true })
            return true;
        report($"Pester could not be downloaded: {result?.LastLine ?? "the download did not end in time"}");
        return false;
    }
}
