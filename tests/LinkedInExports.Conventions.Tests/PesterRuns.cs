using System.Diagnostics;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>
/// Runs the files of tests/pester, each in its own PowerShell and several at a time, when the first test needs them. xunit runs
/// the cases of a theory one after the other.
/// </summary>
public sealed class PesterRuns : IDisposable
{
    /// <summary>The files that take longest. They start first, so that none of them runs alone at the end.</summary>
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

    private readonly CancellationTokenSource _disposing = new();
    private readonly Dictionary<string, TaskCompletionSource<Result>> _results = Files.ToDictionary(
        file => file,
        _ => new TaskCompletionSource<Result>(TaskCreationOptions.RunContinuationsAsynchronously)
    );
    private readonly Lazy<Task> _work;

    public PesterRuns() => _work = new Lazy<Task>(RunAllAsync);

    /// <summary>Gets the names of all files, in the order in which they start.</summary>
    internal static string[] Files { get; } =
    [
        .. Directory
            .GetFiles(Folder, "*.Tests.ps1")
            .Select(file => Path.GetFileName(file))
            .OrderBy(file =>
                Array.FindIndex(Slowest, name => file == $"{name}.Tests.ps1") is >= 0 and var index ? index : int.MaxValue
            )
            .ThenBy(file => file, StringComparer.Ordinal),
    ];

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
        return Parallel.ForEachAsync(Files, options, async (file, cancellationToken) => await RunAsync(file, cancellationToken));
    }

    private async Task RunAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            ProcessStartInfo start = PesterTheoryAttribute.Shell!.Script(
                Path.Combine(Folder, "Invoke-Suite.ps1"),
                "-Path",
                Path.Combine(Folder, file)
            );
            start.WorkingDirectory = Repository.Root;
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            start.Environment["NO_COLOR"] = "1";
            // The shells and emulators are too short-lived to gain from profiles.
            start.Environment["DOTNET_TieredPGO"] = "0";
            using Process process = Process.Start(start)!;
            await using CancellationTokenRegistration kill = cancellationToken.Register(() =>
                process.Kill(entireProcessTree: true)
            );
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            _results[file].SetResult(new Result(process.ExitCode, $"{await output}\n{await errors}"));
        }
        catch (Exception exception)
        {
            _results[file].SetException(exception);
        }
    }

    /// <summary>The exit code of a file and what it printed.</summary>
    internal sealed record Result(int ExitCode, string Output);
}
