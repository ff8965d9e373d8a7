using System.ComponentModel;
using System.Diagnostics;

namespace LinkedInExports.Tooling;

/// <summary>Finds PowerShell 7.4 or later: on PATH, else as the .NET tool that the repository pins.</summary>
internal static class PowerShellLocator
{
    internal const string HowToGet =
        "PowerShell 7.4 or later was not found. Get it with your package manager (winget install Microsoft.PowerShell, brew install powershell, "
        + "or your distribution's package), or with: dotnet tool restore";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The first that runs, or null. What does not run, or cannot be restored, is as good as not there.</summary>
    /// <param name="repository">The folder with .config/dotnet-tools.json.</param>
    internal static PowerShell? Find(string repository)
    {
        var onPath = new PowerShell("pwsh", []);
        if (IsRecent(onPath, repository))
            return onPath;

        var tool = new PowerShell("dotnet", ["tool", "run", "pwsh", "--"]);
        if (IsRecent(tool, repository))
            return tool;
        return Output("dotnet", ["tool", "restore"], repository) is not null && IsRecent(tool, repository) ? tool : null;
    }

    private static bool IsRecent(PowerShell shell, string folder) =>
        Output(shell.Command, [.. shell.Prefix, "-NoProfile", "-NonInteractive", "-Command", "$PSVersionTable.PSVersion.ToString()"], folder) is { } text
        && Version.TryParse(text.Trim().Split('-', '+')[0], out Version? version)
        && version >= new Version(7, 4);

    /// <summary>What a command printed, or null when it failed, is not there, or took too long.</summary>
    private static string? Output(string command, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            Task.WaitAll(output, errors);
            return process.ExitCode == 0 ? output.Result : null;
        }
        catch (Win32Exception)
        {
            return null; // No such command.
        }
    }
}
