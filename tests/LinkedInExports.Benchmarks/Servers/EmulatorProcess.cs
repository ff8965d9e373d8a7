using System.Diagnostics;

namespace LinkedInExports.Benchmarks.Servers;

/// <summary>Runs the emulator in a separate process.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    internal const string Token = "benchmark";

    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly Task _output;

    private EmulatorProcess(Process process, string address, Task output)
    {
        _process = process;
        Address = address;
        _output = output;
    }

    /// <summary>The address without a trailing slash.</summary>
    internal string Address { get; }

    /// <summary>Starts the emulator on a free port.</summary>
    /// <param name="arguments">Additional command-line arguments.</param>
    internal static async Task<EmulatorProcess> StartAsync(params string[] arguments)
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "LinkedInExports.Emulator.dll");
        var start = new ProcessStartInfo("dotnet", [dll, "--port", "0", "--token", Token, "--logged-requests", "1", .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            int at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                return new EmulatorProcess(
                    process,
                    line[(at + Listening.Length)..].Trim(),
                    process.StandardOutput.BaseStream.CopyToAsync(Stream.Null)
                );
            }
        }

        throw new InvalidOperationException("The emulator exited before it was listening.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _output.Wait();
        _process.Dispose();
    }
}
