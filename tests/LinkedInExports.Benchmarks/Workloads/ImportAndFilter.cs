using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>A million rows through <c>Where-Object</c>, and those that pass are counted.</summary>
internal sealed class ImportAndFilter : Workload
{
    private const string Ours = "Import-ExportFile";
    private const string Csv = "Import-Csv";
    private const string Baseline = "ready-made objects";

    /// <summary>Later than any row: what is measured is the filter, not what comes after it.</summary>
    private const string Limit = "1900000000000";

    internal override string Name => "import-filter";

    internal override string Remark =>
        """
            Nearly all of it is Where-Object itself. A command that makes its objects out of nothing shows what is the least that
            this pipeline takes, and so how far ahead of Import-Csv anything can be.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long rows = bench.Amount(1_000_000);
        string file = Shell.Quoted(bench.File("validation.csv", stream => RepeatedRows.WriteValidations(stream, rows)));
        string time = $"$limit = [DateTimeOffset]::FromUnixTimeMilliseconds({Limit})\n";
        BenchmarkComparison contest = await BenchmarkComparison.RunAsync(
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
        return [Result.Faster(work, contest, Ours, Csv, 1.8), Result.Faster(work, contest, Ours, Baseline, 0.9)];
    }
}
