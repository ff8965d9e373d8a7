using System.Globalization;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Measures the time until the first row of a large file is output.</summary>
internal sealed class FirstObject : Workload
{
    private const string Ours = "Import-ExportFile";
    private const double AllowedMilliseconds = 100;

    internal override string Name => "first-object";

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long bytes = bench.Amount(1L << 30);
        string path = bench.File("large.csv", stream => RepeatedRows.WriteBlocks(stream, bytes));
        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
            bench.Rounds(5),
            (
                Ours,
                () =>
                    bench.Shell.MeasureAsync(
                        $"{Shell.ImportModule}Measure-Work {{ @(Import-ExportFile -LiteralPath {Shell.Quoted(path)} | "
                            + $"Select-Object -First 1).Count }} 1"
                    )
            )
        );
        File.Delete(path);

        double milliseconds = 1000 * comparison.Median(Ours, sample => sample.Seconds);
        return
        [
            new Result(
                $"First object of a file of {bytes >> 20} MiB, the first command of a session",
                Result.Seconds(comparison, Ours),
                "",
                "",
                string.Create(CultureInfo.InvariantCulture, $"< {AllowedMilliseconds} ms"),
                milliseconds < AllowedMilliseconds
            ),
        ];
    }
}
