using System.Globalization;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Measures the memory for large files.</summary>
internal sealed class MemoryOfLargeFiles : Workload
{
    private const double AllowedMegabytes = 64;

    internal override string Name => "memory";

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench) =>
        [await SavingAsync(bench), await ImportingAsync(bench)];

    private static async Task<Result> SavingAsync(BenchmarkContext bench)
    {
        long bytes = bench.Amount(10L << 30);
        using DownloadServer server = await DownloadServer.StartAsync(1, bytes);
        string folder = bench.EmptyFolder("saved");
        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
            1,
            (
                "Save-ExportFile",
                () =>
                    bench.Shell.MeasureAsync(
                        $"{Shell.ImportModule}{server.GetJob}Measure-Work {{ @($job | Save-ExportFile -Destination "
                            + $"{Shell.Quoted(folder)}).Count }} 1"
                    )
            )
        );
        bench.EmptyFolder("saved");
        return Line($"Memory to save a file of {bytes >> 20} MiB", comparison, "Save-ExportFile");
    }

    private static async Task<Result> ImportingAsync(BenchmarkContext bench)
    {
        long bytes = bench.Amount(5L << 30);
        string path = bench.File("huge.csv", stream => RepeatedRows.WriteBlocks(stream, bytes));
        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
            1,
            (
                "Import-ExportFile",
                () =>
                    bench.Shell.MeasureAsync(
                        $"{Shell.ImportModule}Measure-Work {{ Import-ExportFile -LiteralPath {Shell.Quoted(path)} | Out-Null "
                            + $"}} $null"
                    )
            )
        );
        File.Delete(path);
        return Line($"Memory to stream a file of {bytes >> 20} MiB", comparison, "Import-ExportFile");
    }

    private static Result Line(string work, BenchmarkComparison comparison, string name)
    {
        double added = comparison.Median(name, sample => sample.AddedMegabytes);
        return new Result(
            work,
            Result.Megabytes(comparison, name),
            $"idle: {comparison.Median(name, sample => sample.IdleMegabytes).ToString("0", CultureInfo.InvariantCulture)} MB",
            $"{added.ToString("0", CultureInfo.InvariantCulture)} MB more",
            $"<= {AllowedMegabytes} MB more",
            added <= AllowedMegabytes
        );
    }
}
