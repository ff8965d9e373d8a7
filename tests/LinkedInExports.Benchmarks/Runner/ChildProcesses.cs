using System.Diagnostics;
using System.Globalization;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>Runs child processes.</summary>
internal static class ChildProcesses
{
    /// <summary>Runs a command and returns its output.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    internal static async Task<string> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{start.FileName} ended with {process.ExitCode}.\n{await output}\n{await errors}"
            );
    }

    /// <summary>Measures the duration of a command.</summary>
    internal static async Task<Sample> TimeAsync(string command, params IEnumerable<string> arguments)
    {
        double before = EndedProcessorSeconds();
        var watch = Stopwatch.StartNew();
        await RunAsync(new ProcessStartInfo(command, arguments));
        return new Sample(watch.Elapsed.TotalSeconds) { ProcessorSeconds = EndedProcessorSeconds() - before };
    }

    /// <summary>Gets the CPU time of all ended child processes. Only available on Linux.</summary>
    private static double EndedProcessorSeconds()
    {
        const string file = "/proc/self/stat";
        const double ticksPerSecond = 100;
        if (!File.Exists(file))
            return 0;

        // The fields after the name, which can contain spaces: user time and kernel time.
        string[] values = File.ReadAllText(file).Split(')')[^1].TrimStart().Split(' ');
        return (long.Parse(values[13], CultureInfo.InvariantCulture) + long.Parse(values[14], CultureInfo.InvariantCulture))
            / ticksPerSecond;
    }
}
