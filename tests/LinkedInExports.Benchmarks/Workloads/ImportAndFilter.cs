using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Measures a million rows that are filtered by <c>Where-Object</c> and counted.</summary>
internal sealed class ImportAndFilter : Workload
{
    private const string Ours = "Import-ExportFile";
    private const string Csv = "Import-Csv";
    private const string Baseline = "existing objects";

    /// <summary>Later than all rows, so that only the filter is measured.</summary>
    private const string Limit = "1900000000000";

    internal override string Name => "import-filter";

    internal override string Remark =>
        """
            Nearly all of the time is spent in Where-Object. The command that outputs existing objects shows the minimum time of
            this pipeline, and so the maximum possible ratio to Import-Csv.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long rows = bench.Amount(1_000_000);
        string file = Shell.Quoted(bench.File("validation.csv", stream => RepeatedRows.WriteValidations(stream, rows)));
        string time = $"$limit = [DateTimeOffset]::FromUnixTimeMilliseconds({Limit})\n";
        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
            bench.Rounds(5),
            (
                Ours,
                () =>
                    bench.Shell.MeasureAsync(
                        $"{Shell.ImportModule}{time}Measure-Work {{ @(Import-ExportFile -LiteralPath {file} | Where-Object "
                            + $"ExpiredAt -gt $limit).Count }} 0"
                    )
            ),
            (
                Baseline,
                () =>
                    bench.Shell.MeasureAsync(
                        $"Import-Module {Shell.Quoted(ImportModule.SmallestModule)}\n{time}Measure-Work {{ @(Get-Baseline "
                            + $"{rows} | Where-Object ExpiredAt -gt $limit).Count }} 0"
                    )
            ),
            (
                Csv,
                () =>
                    bench.Shell.MeasureAsync(
                        $"Measure-Work {{ @(Import-Csv -LiteralPath {file} | Where-Object expiredAt -gt '{Limit}').Count }} 0"
                    )
            )
        );

        string work = $"{rows:N0} validation rows through Where-Object, counted";
        return [Result.Faster(work, comparison, Ours, Csv, 1.8), Result.Faster(work, comparison, Ours, Baseline, 0.9)];
    }
}
