using System.Diagnostics;
using System.Globalization;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>Processes that the measurements start.</summary>
internal static class ChildProcesses
{
    /// <summary>Runs a command to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
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

    /// <summary>How long a command takes from its start to its end.</summary>
    internal static async Task<Sample> TimeAsync(string command, params IEnumerable<string> arguments)
    {
        double before = EndedProcessorSeconds();
        var watch = Stopwatch.StartNew();
        await RunAsync(new ProcessStartInfo(command, arguments));
        return new Sample(watch.Elapsed.TotalSeconds) { ProcessorSeconds = EndedProcessorSeconds() - before };
    }

    /// <summary>What all children that have ended took of the processors; known on Linux only.</summary>
    private static double EndedProcessorSeconds()
    {
        const string file = "/proc/self/stat";
        const double ticksPerSecond = 100;
        if (!File.Exists(file))
            return 0;

        // Counted from behind the name, which may have spaces in it: time as a user, and in the kernel.
        string[] values = File.ReadAllText(file).Split(')')[^1].TrimStart().Split(' ');
        return (long.Parse(values[13], CultureInfo.InvariantCulture) + long.Parse(values[14], CultureInfo.InvariantCulture))
            / ticksPerSecond;
    }
}
