using LinkedInExports.Benchmarks.Running;

namespace LinkedInExports.Benchmarks.Works;

/// <summary>A million rows into a variable.</summary>
internal sealed class ImportIntoVariable(string name, string kind, Action<Stream, long> write) : Work
{
    private const string Ours = "Import-ExportFile";
    private const string Other = "Import-Csv";

    internal override string Name => name;

    internal override async Task<IReadOnlyList<Result>> RunAsync(Bench bench)
    {
        long rows = bench.Amount(1_000_000);
        string file = Shell.Quoted(bench.File($"{kind}.csv", stream => write(stream, rows)));
        Contest contest = await Contest.RunAsync(
            bench.Rounds(5),
            (Ours, () => bench.Shell.MeasureAsync(
                $"{Shell.ImportModule}Measure-Work {{ $rows = Import-ExportFile -LiteralPath {file}; $rows.Count }} {rows}")),
            (Other, () => bench.Shell.MeasureAsync(
                $"Measure-Work {{ $rows = Import-Csv -LiteralPath {file}; $rows.Count }} {rows}")));

        string work = $"{rows:N0} {kind} rows into a variable";
        return
        [
            Result.Faster(work, contest, Ours, Other, 10),
            Result.Smaller(work, contest, Ours, Other, 1.0 / 3),
        ];
    }
}
