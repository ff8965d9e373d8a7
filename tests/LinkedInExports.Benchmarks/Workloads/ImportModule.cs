using System.Globalization;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Tooling;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>How long a session waits for the module.</summary>
internal sealed class ImportModule : Workload
{
    private const string Ours = "LinkedInExports";
    private const string Other = "a module with one command";
    private const double AllowedMilliseconds = 60;

    internal static string SmallestModule { get; } =
        Path.Combine(Repository.Root, "tests", "LinkedInExports.Benchmarks", "Baseline", "bin", "Baseline.dll");

    internal override string Name => "import-module";

    internal override string Remark =>
        """
            Ten of the methods that run are the module's; the rest is PowerShell, which reads the manifest, the views and the
            parameters of 19 commands. The figure is a time and not a ratio, so it moves with the machine; where processors are
            shared, by a third from run to run.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench) =>
        [
            await RunAsync(bench, "Import-Module, the first thing in a session", ""),
            // PowerShell reads its own views with the first object that it shows, or with the first module that has views.
            await RunAsync(
                bench,
                "Import-Module in a session that has shown something",
                "$null = Get-Item -LiteralPath / | Out-String\n"
            ),
        ];

    private static async Task<Result> RunAsync(BenchmarkContext bench, string work, string before)
    {
        BenchmarkComparison contest = await BenchmarkComparison.RunAsync(
            bench.Rounds(11),
            (
                Ours,
                () =>
                    bench.Shell.MeasureAsync(
                        $"{before}Measure-Work {{ Import-Module {Shell.Quoted(Repository.Manifest)} }} $null"
                    )
            ),
            (
                Other,
                () => bench.Shell.MeasureAsync($"{before}Measure-Work {{ Import-Module {Shell.Quoted(SmallestModule)} }} $null")
            )
        );

        double more = 1000 * (contest.Median(Ours, sample => sample.Seconds) - contest.Median(Other, sample => sample.Seconds));
        return new Result(
            work,
            Result.Seconds(contest, Ours),
            $"{Other}: {Result.Seconds(contest, Other)}",
            $"{more.ToString("0", CultureInfo.InvariantCulture)} ms more",
            $"<= {AllowedMilliseconds} ms more",
            more <= AllowedMilliseconds
        );
    }
}
