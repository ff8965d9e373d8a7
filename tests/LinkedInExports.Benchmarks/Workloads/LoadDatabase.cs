using System.Data;
using System.Data.Common;
using System.Globalization;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>
/// Measures loads of activities into a database: the loop over a data reader, the same loop over existing values, and a pipeline
/// that executes a statement for each record.
/// </summary>
internal sealed class LoadDatabase : Workload
{
    private const string Ours = "a data reader, verified";
    private const string Arrays = "the same loop over prepared arrays";
    private const string Records = "Import-ExportFile | ForEach-Object";
    private const double AllowedMegabytes = 30;

    /// <summary>The number of existing rows, which repeat.</summary>
    private const int PreparedCount = 1000;

    /// <summary>The pipeline loads one of so many rows.</summary>
    private const int PipelineFraction = 10;

    internal override string Name => "load-database";

    internal override string Remark =>
        """
            The loop of the recipe is measured in one process with the loop over a thousand existing rows, and in PowerShell with
            the pipeline. The memory is that of a session that has loaded a tenth of the rows, with a youngest generation of 16 MB
            (DOTNET_GCgen0size): by default, the garbage collector chooses its size by the processor's cache, which has 300 MB
            here, and uses about 75 MB before it collects the first time.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long rows = bench.Amount(1_000_000);
        var results = new List<Result>();
        string sqlite = bench.EmptyFolder("sqlite");
        results.AddRange(await MeasureAsync(bench, new SqliteTarget(sqlite), rows));
        using PostgresServer? postgres = await PostgresServer.TryStartAsync();
        if (postgres is not null)
            results.AddRange(await MeasureAsync(bench, new PostgresTarget(postgres.ConnectionString), rows));
        return results;
    }

    private static async Task<IReadOnlyList<Result>> MeasureAsync(BenchmarkContext bench, DatabaseTarget target, long rows)
    {
        string path = SavedExport.Activities(bench, rows);
        string some = SavedExport.Activities(bench, rows / PipelineFraction);
        (DataTable schema, object[][] prepared) = Prepare(some);

        target.Load(ReadByDataReader.Open(some));
        target.Load(new PreparedRows(schema, prepared, rows / PipelineFraction));
        BenchmarkComparison loops = await BenchmarkComparison.RunAsync(
            bench.Rounds(5),
            (Ours, () => ReadInEngine.Time(() => target.Load(ReadByDataReader.Open(path)))),
            (Arrays, () => ReadInEngine.Time(() => target.Load(new PreparedRows(schema, prepared, rows))))
        );
        BenchmarkComparison shell = await BenchmarkComparison.RunAsync(
            bench.Rounds(3),
            (Ours, () => bench.Shell.MeasureAsync(target.CreateScript(path, some, rows), SmallGeneration)),
            (
                Records,
                async () => Multiply(await bench.Shell.MeasureAsync(target.CreatePipelineScript(some, rows / PipelineFraction)))
            )
        );

        string work = $"{rows:N0} activity rows into {target.Name}";
        double added = shell.Median(Ours, sample => sample.AddedMegabytes);
        return
        [
            Result.Faster(work, loops, Ours, Arrays, 0.8),
            Result.Faster($"{work}, in PowerShell", shell, Ours, Records, 5),
            new Result(
                $"{work}, memory",
                Result.Megabytes(shell, Ours),
                $"idle: {shell.Median(Ours, sample => sample.IdleMegabytes).ToString("0", CultureInfo.InvariantCulture)} MB",
                $"{added.ToString("0", CultureInfo.InvariantCulture)} MB more",
                $"<= {AllowedMegabytes} MB more",
                added <= AllowedMegabytes
            ),
        ];
    }

    private static KeyValuePair<string, string> SmallGeneration => new("DOTNET_GCgen0size", "1000000");

    /// <summary>Extrapolates the time of the pipeline, which is proportional to the number of rows.</summary>
    private static Sample Multiply(Sample sample) =>
        sample with
        {
            Seconds = sample.Seconds * PipelineFraction,
            ProcessorSeconds = sample.ProcessorSeconds * PipelineFraction,
        };

    private static (DataTable Schema, object[][] Rows) Prepare(string path)
    {
        using DbDataReader reader = ReadByDataReader.Open(path);
        var schema = new DataTable { Locale = CultureInfo.InvariantCulture };
        for (int i = 0; i < reader.FieldCount; i++)
            schema.Columns.Add(reader.GetName(i), reader.GetFieldType(i));
        var rows = new object[PreparedCount][];
        for (int row = 0; row < rows.Length && reader.Read(); row++)
        {
            rows[row] = new object[reader.FieldCount];
            reader.GetValues(rows[row]);
        }

        return (schema, rows);
    }
}
