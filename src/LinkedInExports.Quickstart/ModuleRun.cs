using System.Diagnostics;
using LinkedInExports.Emulator;
using LinkedInExports.Tooling;

namespace LinkedInExports.Quickstart;

/// <summary>Runs the module in a real PowerShell, as a user would.</summary>
internal static class ModuleRun
{
    internal static async Task RunAsync(PowerShell shell, LinkedInEmulator emulator, string destination, string recordsPath)
    {
        ProcessStartInfo start = shell.Script(
            Path.Combine(AppContext.BaseDirectory, "Quickstart.ps1"),
            "-Module",
            Repository.Manifest,
            "-Destination",
            destination,
            "-RecordsPath",
            recordsPath
        );
        start.WorkingDirectory = Repository.Root;
        start.Environment["LINKEDIN_ACCESS_TOKEN"] = emulator.AccessToken;
        start.Environment["LINKEDIN_BASE_URI"] = emulator.BaseUri.AbsoluteUri;
        start.Environment["LINKEDINEXPORTS_DATA"] = "off"; // The jobs of the emulator are not those of the user.

        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new QuickstartException($"PowerShell ended with exit code {process.ExitCode}.");
    }
}
