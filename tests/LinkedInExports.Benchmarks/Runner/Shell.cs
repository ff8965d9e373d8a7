using System.Diagnostics;
using System.Text.Json;
using LinkedInExports.Tooling;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>Runs scripts, each in a fresh PowerShell that measures itself.</summary>
internal sealed class Shell(PowerShell shell, string folder)
{
    /// <summary>
    /// What each script gets: a function that runs a block, and prints how long that took and what the process held before
    /// and at most. What the block returns has to be what was expected.
    /// </summary>
    private const string Prologue = """
        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        function Measure-Work([scriptblock] $Work, $Expected) {
            [GC]::Collect()
            [GC]::WaitForPendingFinalizers()
            $process = [System.Diagnostics.Process]::GetCurrentProcess()
            $idle = $process.WorkingSet64
            $before = $process.TotalProcessorTime
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $answer = . $Work
            $seconds = $watch.Elapsed.TotalSeconds
            $process.Refresh()
            if ($answer -ne $Expected) { throw "It returned $answer, not $Expected." }
            $processor = ($process.TotalProcessorTime - $before).TotalSeconds
            @{ seconds = $seconds; processor = $processor; idle = $idle / 1MB; peak = $process.PeakWorkingSet64 / 1MB } |
                ConvertTo-Json -Compress
        }

        """;

    /// <summary>The module, as a user would import it.</summary>
    internal static string ImportModule => $"Import-Module {Quoted(Repository.Manifest)}\n";

    /// <summary>A text as PowerShell takes it literally.</summary>
    internal static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Runs a script that calls <c>Measure-Work</c> once.</summary>
    internal async Task<Sample> MeasureAsync(string script)
    {
        string output = await RunAsync(Prologue + script);
        using JsonDocument json = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        JsonElement root = json.RootElement;
        return new Sample(root.GetProperty("seconds").GetDouble())
        {
            ProcessorSeconds = root.GetProperty("processor").GetDouble(),
            IdleMegabytes = root.GetProperty("idle").GetDouble(),
            PeakMegabytes = root.GetProperty("peak").GetDouble(),
        };
    }

    /// <summary>Runs a script and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal async Task<string> RunAsync(string script)
    {
        string path = Path.Combine(folder, "script.ps1");
        await File.WriteAllTextAsync(path, script);
        ProcessStartInfo start = shell.Script(path);
        start.WorkingDirectory = Repository.Root; // Where the pinned tool is known.
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        return await ChildProcesses.RunAsync(start);
    }
}
