using System.Diagnostics;
using CsvHelper;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Measures the engine's strict readers, and CsvHelper's typed loop with its defaults.</summary>
internal sealed class ReadInEngine : Workload
{
    private const string Ours = "the engine, strict";
    private const string Other = "CsvHelper's typed loop, defaults";

    internal override string Name => "read-engine";

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long rows = bench.Amount(1_000_000);
        string validations = bench.File("validation.csv", stream => RepeatedRows.WriteValidations(stream, rows));
        string activities = bench.File("activity.csv", stream => RepeatedRows.WriteActivities(stream, rows));
        return
        [
            await CompareAsync(
                $"{rows:N0} validation rows in the engine alone",
                validations,
                () => Typed<BaselineValidationRow>(validations)
            ),
            await CompareAsync(
                $"{rows:N0} activity rows in the engine alone",
                activities,
                () => Typed<BaselineActivityRow>(activities)
            ),
        ];
    }

    private static async Task<Result> CompareAsync(string work, string file, Func<long> typed)
    {
        // Until both are compiled at the highest tier.
        for (int i = 0; i < 3; i++)
        {
            Engine(file);
            typed();
        }

        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
            9,
            (Ours, () => Time(() => Engine(file))),
            (Other, () => Time(typed))
        );
        return Result.Faster(work, comparison, Ours, Other, 0.8);
    }

    internal static Task<Sample> Time(Func<long> read)
    {
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        long rows = read();
        double seconds = watch.Elapsed.TotalSeconds;
        double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        return rows > 0
            ? Task.FromResult(new Sample(seconds) { ProcessorSeconds = processor })
            : throw new InvalidOperationException("The file has no rows.");
    }

    private static long Engine(string path)
    {
        long rows = 0;
        foreach (
            object record in ExportFileReader.Read(path, new ImportOptions(), NullDiagnostics.Instance, CancellationToken.None)
        )
        {
            rows++;
        }

        return rows;
    }

    internal static long Typed<T>(string path)
        where T : class
    {
        using FileStream file = File.OpenRead(path);
        using CsvReader csv = CsvReader.Create(file);
        long rows = 0;
        foreach (T record in csv.GetRecords<T>())
            rows++;
        return rows;
    }
}
