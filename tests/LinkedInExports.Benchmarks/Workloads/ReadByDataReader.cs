using System.Data.Common;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;
using LinkedInExports.Core.DataReaders;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Measures a data reader, which verifies the file, without a database.</summary>
internal sealed class ReadByDataReader : Workload
{
    private const string Ours = "a data reader, verified";
    private const string Typed = "CsvHelper's typed loop, defaults";
    private const string Pipeline = "Import-ExportFile | Measure-Object";

    internal override string Name => "data-reader";

    internal override string Remark =>
        """
            The pipeline does not decode the values of the records that it counts, so the reader does not either. In the first
            command of a session, both are compiled, and the rest of the reader's time is spent in parsing and SHA-256.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long rows = bench.Amount(1_000_000);
        string path = SavedExport.Activities(bench, rows);

        // Until both are compiled at the highest tier.
        for (int i = 0; i < 3; i++)
        {
            ReadAll(Open(path));
            ReadInEngine.Typed<BaselineActivityRow>(path);
        }

        BenchmarkComparison typed = await BenchmarkComparison.RunAsync(
            bench.Rounds(9),
            (Ours, () => ReadInEngine.Time(() => ReadAll(Open(path)))),
            (Typed, () => ReadInEngine.Time(() => ReadInEngine.Typed<BaselineActivityRow>(path)))
        );
        BenchmarkComparison first = await CountAsync(isAgain: false);
        BenchmarkComparison again = await CountAsync(isAgain: true);
        string work = $"{rows:N0} activity rows by a data reader";
        return
        [
            Result.Faster($"{work}, all values, in the engine alone", typed, Ours, Typed, 0.8),
            Result.Faster($"{work}, counted, the first command of a session", first, Ours, Pipeline, 5),
            Result.Faster($"{work}, counted, for the second time", again, Ours, Pipeline, 5),
        ];

        Task<BenchmarkComparison> CountAsync(bool isAgain) =>
            BenchmarkComparison.RunAsync(
                bench.Rounds(5),
                (Ours, () => bench.Shell.MeasureAsync(CreateScript(CountByReader(path), rows, isAgain))),
                (Pipeline, () => bench.Shell.MeasureAsync(CreateScript(CountByPipeline(path), rows, isAgain)))
            );
    }

    internal static ExportDataReader Open(string path) =>
        ExportDataReader.Create([path], new DataReaderOptions(), NullDiagnostics.Instance, CancellationToken.None);

    /// <summary>Reads all values of an activity export, as a bulk load does.</summary>
    private static long ReadAll(DbDataReader reader)
    {
        using DbDataReader owned = reader;
        long rows = 0;
        long sum = 0;
        while (reader.Read())
        {
            rows++;
            sum += reader.GetString(0).Length + reader.GetString(1).Length;
            sum += reader.GetFieldValue<DateTime>(2).Ticks + reader.GetFieldValue<long>(3);
            if (!reader.IsDBNull(4))
                sum += reader.GetString(4).Length;
        }

        return sum == 0 ? 0 : rows;
    }

    private static string CreateScript(string count, long rows, bool isAgain) =>
        $$"""
            {{Shell.ImportModule}}
            Add-Type -Path {{Shell.Quoted(ImportModule.SmallestModule)}}
            {{(isAgain ? $"$null = . {{ {count} }}" : "")}}
            Measure-Work { {{count}} } {{rows}}
            """;

    private static string CountByReader(string path) =>
        $"$reader = Import-ExportFile {Shell.Quoted(path)} -AsDataReader; "
        + "[LinkedInExports.Benchmarks.Baseline.RowCounter]::Count($reader); $reader.Dispose()";

    private static string CountByPipeline(string path) => $"(Import-ExportFile {Shell.Quoted(path)} | Measure-Object).Count";
}
