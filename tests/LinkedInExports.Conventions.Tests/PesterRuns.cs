using System.Diagnostics;
using System.Text;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>
/// Runs the files of tests/pester, several shells at a time, when the first test needs them. xunit runs the cases of a theory one
/// after the other. Short files share a shell, because starting it and Pester takes longer than most of them.
/// </summary>
public sealed class PesterRuns : IDisposable
{
    private const int FilesPerShell = 5;

    /// <summary>
    /// The files that take longest. They start first, so that none of them runs alone at the end, and have their own shells.
    /// </summary>
    private static readonly string[] Slowest =
    [
        "RunbookResume",
        "ResumeSync",
        "RunbookValidation",
        "RunbookAnalytics",
        "Package",
        "HelpExample",
        "Help",
        "Module",
    ];

    /// <summary>The time after which a shell is ended. It is several times that of the slowest file.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private readonly CancellationTokenSource _disposing = new();
    private readonly Dictionary<string, TaskCompletionSource<Result>> _results = Files.ToDictionary(
        file => file,
        _ => new TaskCompletionSource<Result>(TaskCreationOptions.RunContinuationsAsynchronously)
    );
    private readonly Lazy<Task> _work;

    public PesterRuns() => _work = new Lazy<Task>(RunAllAsync);

    /// <summary>Gets the names of all files.</summary>
    internal static string[] Files { get; } =
    [.. Directory.GetFiles(Folder, "*.Tests.ps1").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>Gets the files of each shell, in the order in which they start.</summary>
    private static string[][] Shells
    {
        get
        {
            string[] slowest = Array.ConvertAll(Slowest, name => $"{name}.Tests.ps1");
            return [.. slowest.Select(file => (string[])[file]), .. Files.Except(slowest).Chunk(FilesPerShell)];
        }
    }

    private static string Folder => Path.Combine(Repository.Root, "tests", "pester");

    public void Dispose()
    {
        _disposing.Cancel();
        _disposing.Dispose();
    }

    /// <summary>Gets the result of a file when it has run.</summary>
    internal Task<Result> GetResultAsync(string file)
    {
        _ = _work.Value;
        return _results[file].Task;
    }

    private Task RunAllAsync()
    {
        // Many tests wait for timers, so the processors can run one more.
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount + 1,
            CancellationToken = _disposing.Token,
        };
        return Parallel.ForEachAsync(
            Shells,
            options,
            async (files, cancellationToken) => await RunAsync(files, cancellationToken)
        );
    }

    private async Task RunAsync(string[] files, CancellationToken cancellationToken)
    {
        try
        {
            ProcessStartInfo start = PesterTheoryAttribute.Shell!.Script(
                Path.Combine(Folder, "Invoke-Suite.ps1"),
                [.. files.Select(file => Path.Combine(Folder, file))]
            );
            start.WorkingDirectory = Repository.Root;
            start.Environment["NO_COLOR"] = "1";
            // The shells and emulators are too short-lived to gain from profiles.
            start.Environment["DOTNET_TieredPGO"] = "0";
            // Processes that tests end would leave files for debuggers in the folder of temporary files.
            start.Environment["DOTNET_EnableDiagnostics"] = "0";
            (bool hasEnded, string output) = await RunAsync(start, Limit, cancellationToken);
            foreach (string file in files)
            {
                // The tests of a file can require a package, and are all skipped without it.
                bool hasPassed =
                    hasEnded
                    && (
                        output.Contains($"{file}: Passed", StringComparison.Ordinal)
                        || output.Contains($"{file}: Skipped", StringComparison.Ordinal)
                    );
                _results[file].SetResult(new Result(hasPassed, output));
            }
        }
        catch (Exception exception)
        {
            foreach (string file in files)
                _results[file].TrySetException(exception);
        }
    }

    /// <summary>Runs a shell, and returns whether it ended in time and what it printed.</summary>
    internal static async Task<(bool HasEnded, string Output)> RunAsync(
        ProcessStartInfo start,
        TimeSpan timeout,
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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        bool hasEnded = true;
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            Append($"After {timeout}, the shell or a process that it started was still running.");
            hasEnded = false;
        }

        lock (output)
            return (hasEnded, output.ToString());
    }

    /// <summary>Whether all tests of a file passed, and what its shell printed.</summary>
    internal sealed record Result(bool HasPassed, string Output);
}
