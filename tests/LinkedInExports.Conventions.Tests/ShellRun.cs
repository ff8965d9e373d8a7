using System.Diagnostics;
using System.Text;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Runs a shell until it ends or a limit is reached.</summary>
internal static class ShellRun
{
    /// <summary>Returns whether the shell ended in time, and what it printed.</summary>
    public static async Task<(bool HasEnded, string Output)> RunAsync(
        ProcessStartInfo start,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var output = new StringBuilder();
        void Append(string? line)
        {
            lock (output)
                output.AppendLine(line);
        }

        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, received) => Append(received.Data);
        process.ErrorDataReceived += (_, received) => Append(received.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(limit);
        bool hasEnded = true;
        try
        {
            await process.WaitForExitAsync(limited.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            Append($"After {limit}, the shell or a process that it started was still running.");
            hasEnded = false;
        }

        lock (output)
            return (hasEnded, output.ToString());
    }
}
