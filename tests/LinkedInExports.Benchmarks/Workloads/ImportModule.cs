using System.Globalization;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Tooling;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Measures the time to import the module.</summary>
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
            Only ten of the methods that run belong to the module. The others belong to PowerShell, which reads the manifest, the
            views and the parameters of all cmdlets. The target is a time and not a ratio, so it depends on the machine. On shared
            processors, it varies by a third between runs. PowerShell as a .NET tool is not precompiled: there, an import takes
            two to three times as long as in the other packages of PowerShell.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench) =>
        [
            await RunAsync(bench, "Import-Module, the first command of a session", ""),
            // PowerShell reads its own views when it shows the first object, or imports the first module with views.
            await RunAsync(
                bench,
                "Import-Module in a session that has shown an object",
                "$null = Get-Item -LiteralPath / | Out-String\n"
            ),
        ];

    private static async Task<Result> RunAsync(BenchmarkContext bench, string work, string before)
    {
        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
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

        double more =
            1000 * (comparison.Median(Ours, sample => sample.Seconds) - comparison.Median(Other, sample => sample.Seconds));
        return new Result(
            work,
            Result.Seconds(comparison, Ours),
            $"{Other}: {Result.Seconds(comparison, Other)}",
            $"{more.ToString("0", CultureInfo.InvariantCulture)} ms more",
            $"<= {AllowedMilliseconds} ms more",
            more <= AllowedMilliseconds
        );
    }
}
