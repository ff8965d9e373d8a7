using System.ComponentModel;
using System.Diagnostics;

namespace LinkedInExports.Tooling;

/// <summary>Runs commands for their output.</summary>
internal static class CommandLine
{
    /// <summary>The result of a command that ran to its end.</summary>
    internal sealed record Result(int ExitCode, string Output, string Errors)
    {
        internal bool IsSuccess => ExitCode == 0;

        /// <summary>Gets the last line that the command printed, which for dotnet commands is the most specific one.</summary>
        internal string LastLine =>
            (Output + "\n" + Errors)
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .LastOrDefault("no output");
    }

    /// <summary>Runs a command without input.</summary>
    /// <returns>The result, or null if the command does not exist or did not end in time.</returns>
    internal static Result? Run(ProcessStartInfo start, TimeSpan timeout)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(timeout))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            Task.WaitAll(output, errors);
            return new Result(process.ExitCode, output.Result, errors.Result);
        }
        catch (Win32Exception)
        {
            return null; // The command does not exist.
        }
    }
}
