using BenchmarkDotNet.Attributes;
using LinkedInExports.Benchmarks.Servers;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Benchmarks.Micro;

/// <summary>Benchmarks of the row readers with 100,000 rows.</summary>
public class RowReadingBenchmarks
{
    private const int Rows = 100_000;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private string _validations = "";
    private string _activities = "";

    [GlobalSetup]
    public void Write()
    {
        Directory.CreateDirectory(_folder);
        _validations = Path.Combine(_folder, "validation.csv");
        _activities = Path.Combine(_folder, "activity.csv");
        using (FileStream file = File.Create(_validations))
            RepeatedRows.WriteValidations(file, Rows);
        using (FileStream file = File.Create(_activities))
            RepeatedRows.WriteActivities(file, Rows);
    }

    [GlobalCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public int Validations() => Read(_validations);

    [Benchmark]
    public int Activities() => Read(_activities);

    [Benchmark]
    public async Task<long> Shape()
    {
        using FileStream file = File.OpenRead(_validations);
        return (await CsvProfile.ReadAsync(file, CancellationToken.None)).RowCount;
    }

    private static int Read(string path) =>
        ExportFileReader.Read(path, new ImportOptions(), NullDiagnostics.Instance, CancellationToken.None).Count();
}
