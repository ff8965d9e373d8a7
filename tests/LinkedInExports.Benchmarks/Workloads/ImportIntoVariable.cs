using LinkedInExports.Benchmarks.Runner;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>
/// Measures a million rows that are read into a variable, by the first command of a session and by the second one.
/// </summary>
internal sealed class ImportIntoVariable(string name, string exportType, Action<Stream, long> write) : Workload
{
    private const string Ours = "Import-ExportFile";
    private const string Other = "Import-Csv";

    internal override string Name => name;

    internal override string Remark =>
        """
            Import-Csv is precompiled with PowerShell. The module is compiled when it runs for the first time, while the process
            allocates its memory. This and garbage collection with all rows alive take more than two thirds of the thread's
            time, and reading the records takes less than a fifth (sampled with perf). PowerShell wraps each object: a million
            references to the same object take a quarter of a second and 160 MB.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long rows = bench.Amount(1_000_000);
        string file = Shell.Quoted(bench.File($"{exportType}.csv", stream => write(stream, rows)));
        BenchmarkComparison first = await CompareAsync(5, isAgain: false);
        BenchmarkComparison again = await CompareAsync(3, isAgain: true);

        string work = $"{rows:N0} {exportType} rows into a variable";
        return
        [
            Result.Faster($"{work}, the first command of a session", first, Ours, Other, 10),
            Result.Smaller(work, first, Ours, Other, 1.0 / 3),
            Result.Faster($"{work}, for the second time", again, Ours, Other, 10),
        ];

        Task<BenchmarkComparison> CompareAsync(int rounds, bool isAgain) =>
            BenchmarkComparison.RunAsync(
                bench.Rounds(rounds),
                (Ours, () => bench.Shell.MeasureAsync(Shell.ImportModule + Script(Ours, isAgain))),
                (Other, () => bench.Shell.MeasureAsync(Script(Other, isAgain)))
            );

        string Script(string command, bool isAgain)
        {
            string import = $"$rows = {command} -LiteralPath {file}";
            return $"{(isAgain ? import + "; $rows = $null\n" : "")}Measure-Work {{ {import}; $rows.Count }} {rows}";
        }
    }
}
