using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LinkedInExports.Tooling;

/// <summary>Finds PowerShell 7.4 or later: on PATH, otherwise as the .NET tool in the repository's tool manifest.</summary>
internal static class PowerShellLocator
{
    internal const string InstallHint =
        "PowerShell 7.4 or later was not found. Install it with your package manager (winget install Microsoft.PowerShell, "
        + "brew install powershell, or your distribution's package), or run in this folder: dotnet tool restore";

    private const string Probe = "$PSVersionTable.PSVersion.ToString(); $PSHOME";

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The tool is a package of 70 MB.</summary>
    private static readonly TimeSpan RestoreTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The root folder of dotnet, three levels above the folder of the runtime.</summary>
    private static string DotNetRoot =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Finds PowerShell, and downloads it as a .NET tool if it is missing.</summary>
    /// <param name="repository">The folder that contains .config/dotnet-tools.json.</param>
    /// <param name="report">Receives a message before a download, and the reason if the download fails.</param>
    /// <returns>The first PowerShell that runs, or null.</returns>
    internal static PowerShell? Find(string repository, Action<string> report)
    {
        var onPath = new PowerShell("pwsh");
        if (Describe(onPath.Inline(Probe), repository) is not null)
            return onPath;
        if (FindTool(repository) is { } restored)
            return restored;

        report(
            $"PowerShell was not found. Downloading it as a .NET tool (70 MB, at most {RestoreTimeout.TotalMinutes:0} "
                + "minutes) ..."
        );
        var restore = new ProcessStartInfo("dotnet", ["tool", "restore"]) { WorkingDirectory = repository };
        CommandLine.Result? result = CommandLine.Run(restore, RestoreTimeout);
        if (result is { IsSuccess: true })
        {
            PowerShell? tool = FindTool(repository);
            if (tool is null)
                report("The PowerShell that was downloaded does not run.");
            return tool;
        }

        report($"dotnet tool restore failed: {result?.LastLine ?? "it did not end in time"}");
        return null;
    }

    /// <summary>
    /// Starting the tool with dotnet would make dotnet the path of the process, and a script could not start a second shell with
    /// that path. The package contains an executable, which needs to know where the runtime is.
    /// </summary>
    private static PowerShell? FindTool(string repository)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["tool", "run", "pwsh", "--", "-NoProfile", "-NonInteractive", "-Command", Probe]
        );
        if (Describe(start, repository) is not [_, { } home, ..])
            return null;
        string executable = Path.Combine(home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        var tool = new PowerShell(executable, DotNetRoot);
        return File.Exists(executable) && Describe(tool.Inline(Probe), repository) is not null ? tool : null;
    }

    /// <summary>Gets the output lines of the probe, or null if the version is not supported.</summary>
    private static string[]? Describe(ProcessStartInfo start, string folder)
    {
        start.WorkingDirectory = folder;
        string[]? lines = CommandLine.Run(start, ProbeTimeout) is { IsSuccess: true } result
            ? result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null;
        return
            lines is [{ } text, ..]
            && Version.TryParse(text.Split('-', '+')[0], out Version? version)
            && version >= new Version(7, 4)
            ? lines
            : null;
    }
}
