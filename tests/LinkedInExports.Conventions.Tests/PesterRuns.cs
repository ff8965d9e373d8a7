using System.Diagnostics;
using System.Text;
using LinkedInExports.Conventions.Tests.Documentation;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>
/// Runs the files of tests/pester in a few shells, which share them, when the first test needs a result. xunit runs the cases
/// of a theory one after the other, and starting a shell with Pester takes longer than most files.
/// </summary>
public sealed class PesterRuns : IDisposable
{
    /// <summary>The files that take longest start first, so that none of them runs alone at the end.</summary>
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

    /// <summary>The time after which the shells are ended. It is several times that of all files.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

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
        .. Slowest.Select(name => $"{name}.Tests.ps1"),
        .. Directory
            .GetFiles(Folder, "*.Tests.ps1")
            .Select(file => Path.GetFileName(file))
            .Except(Slowest.Select(name => $"{name}.Tests.ps1"))
            .Order(StringComparer.Ordinal),
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

    private async Task RunAllAsync()
    {
        DirectoryInfo claims = Directory.CreateTempSubdirectory("linkedinexports-claims-");
        try
        {
            // Many tests wait for timers, so the processors can run one more.
            int count = Environment.ProcessorCount + 1;
            string[] remaining = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => RunShellAsync(claims.FullName)));
            foreach (TaskCompletionSource<Result> result in _results.Values)
                result.TrySetResult(new Result(HasPassed: false, $"No shell ended this file.\n{string.Concat(remaining)}"));
        }
        catch (Exception exception)
        {
            foreach (TaskCompletionSource<Result> result in _results.Values)
                result.TrySetException(exception);
        }
        finally
        {
            claims.Delete(recursive: true);
        }
    }

    /// <summary>Runs the next files that no other shell has claimed, and returns what the shell printed after the last.</summary>
    private async Task<string> RunShellAsync(string claims)
    {
        ProcessStartInfo start = PowerShellTheoryAttribute.Shell!.Script(
            Path.Combine(Folder, "Invoke-Suite.ps1"),
            ["-Claims", claims, .. Files.Select(file => Path.Combine(Folder, file))]
        );
        start.WorkingDirectory = Repository.Root;
        start.Environment["NO_COLOR"] = "1";
        // The shells and emulators are too short-lived to gain from profiles.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // Processes that tests end would leave files for debuggers in the folder of temporary files.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        (bool hasEnded, string output) = await ShellRun.RunAsync(start, Limit, _disposing.Token);
        var part = new StringBuilder();
        foreach (string line in output.Split('\n'))
        {
            part.Append(line).Append('\n');
            if (line.Trim().Split(": ") is not [var file, var outcome] || !_results.TryGetValue(file, out var result))
                continue;
            // The tests of a file can require a package, and are all skipped without it.
            result.TrySetResult(new Result(hasEnded && (outcome is "Passed" or "Skipped"), part.ToString()));
            part.Clear();
        }

        return part.ToString();
    }

    /// <summary>Whether all tests of a file passed, and what its shell printed.</summary>
    internal sealed record Result(bool HasPassed, string Output);
}
