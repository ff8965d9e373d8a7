using LinkedInExports.Benchmarks.Runner;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>A million rows into a variable: as the first thing in a session, and once more.</summary>
internal sealed class ImportIntoVariable(string name, string kind, Action<Stream, long> write) : Workload
{
    private const string Ours = "Import-ExportFile";
    private const string Other = "Import-Csv";

    internal override string Name => name;

    internal override string Remark =>
        """
            Import-Csv comes compiled with PowerShell; a module is compiled while it runs for the first time, and the process has
            yet to get its memory. Of the thread's time, that and the collection of garbage among rows that all stay alive take
            more than two thirds, reading and making the records less than a fifth (sampled with perf). PowerShell wraps each
            object itself: a million references to one and the same object take a quarter of a second and 160 MB.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long rows = bench.Amount(1_000_000);
        string file = Shell.Quoted(bench.File($"{kind}.csv", stream => write(stream, rows)));
        BenchmarkComparison first = await CompareAsync(5, isAgain: false);
        BenchmarkComparison again = await CompareAsync(3, isAgain: true);

        string work = $"{rows:N0} {kind} rows into a variable";
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
