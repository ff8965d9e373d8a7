using System.Diagnostics;
using System.Text.Json;
using LinkedInExports.Tooling;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>Runs each script in a new PowerShell process that measures itself.</summary>
internal sealed class Shell(PowerShell shell, string folder)
{
    /// <summary>
    /// The start of each script: a function that runs a script block, compares its output with the expected value, and prints
    /// the time and memory.
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
            $result = . $Work
            $seconds = $watch.Elapsed.TotalSeconds
            $process.Refresh()
            if ($result -ne $Expected) { throw "The script block returned $result, not $Expected." }
            $processor = ($process.TotalProcessorTime - $before).TotalSeconds
            @{ seconds = $seconds; processor = $processor; idle = $idle / 1MB; peak = $process.PeakWorkingSet64 / 1MB } |
                ConvertTo-Json -Compress
        }

        """;

    /// <summary>The command that imports the module.</summary>
    internal static string ImportModule => $"Import-Module {Quoted(Repository.Manifest)}\n";

    /// <summary>Quotes a text as a PowerShell literal.</summary>
    internal static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Runs a script that calls <c>Measure-Work</c> once.</summary>
    /// <param name="script">The script.</param>
    /// <param name="environment">The variables of its process.</param>
    internal async Task<Sample> MeasureAsync(string script, params KeyValuePair<string, string>[] environment)
    {
        string output = await RunAsync(Prologue + script, environment);
        using JsonDocument json = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        JsonElement root = json.RootElement;
        return new Sample(root.GetProperty("seconds").GetDouble())
        {
            ProcessorSeconds = root.GetProperty("processor").GetDouble(),
            IdleMegabytes = root.GetProperty("idle").GetDouble(),
            PeakMegabytes = root.GetProperty("peak").GetDouble(),
        };
    }

    /// <summary>Runs a script and returns its output.</summary>
    /// <exception cref="InvalidOperationException">The script failed.</exception>
    internal async Task<string> RunAsync(string script, params KeyValuePair<string, string>[] environment)
    {
        string path = Path.Combine(folder, "script.ps1");
        await File.WriteAllTextAsync(path, script);
        ProcessStartInfo start = shell.Script(path);
        start.WorkingDirectory = Repository.Root; // The folder with the tool manifest.
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["LINKEDINEXPORTS_DATA"] = Path.Combine(folder, "data"); // Not the folder of the user.
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return await ChildProcesses.RunAsync(start);
    }
}
