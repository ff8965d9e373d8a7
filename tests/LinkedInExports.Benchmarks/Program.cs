using BenchmarkDotNet.Running;
using LinkedInExports.Benchmarks;
using LinkedInExports.Benchmarks.Micro;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;
using LinkedInExports.Benchmarks.Workloads;
using LinkedInExports.Tooling;

if (args is [DownloadServer.Verb, .. string[] serving])
    return await DownloadServer.RunAsync(serving);
if (args is ["--parts", .. string[] rest])
{
    BenchmarkSwitcher
        .FromTypes([typeof(RowReadingBenchmarks), typeof(SmallBenchmarks)])
        .Run(rest.Length > 0 ? rest : ["--filter", "*"], MicroBenchmarkConfig.Create());
    return 0;
}

BenchmarkOptions options;
Workload[] workloads;
try
{
    options = BenchmarkOptions.Parse(args);
    workloads = [.. WorkloadRegistry.Select(options.Only)];
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

if (PowerShellLocator.Find(Repository.Root, Console.Error.WriteLine) is not { } powerShell)
{
    Console.Error.WriteLine(PowerShellLocator.InstallHint);
    return 2;
}

string folder = Path.Combine(options.Folder, $"linkedinexports-benchmarks-{Environment.ProcessId}");
Directory.CreateDirectory(folder);
try
{
    var bench = new BenchmarkContext(powerShell, folder, options.IsQuick);
    var results = new List<Result>();
    foreach (Workload workload in workloads)
    {
        Console.WriteLine(workload.Name);
        IReadOnlyList<Result> workloadResults = await workload.RunAsync(bench);
        results.AddRange(workloadResults);
        foreach (Result result in workloadResults)
            Console.WriteLine("  " + result);
    }

    if (options.Out is { } path)
        ResultFile.Write(path, await Machine.DescribeAsync(bench.Shell), results, Remarks(workloads));
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static IEnumerable<string> Remarks(IEnumerable<Workload> workloads) =>
    workloads
        .Where(workload => workload.Remark.Length > 0)
        .GroupBy(workload => workload.Remark, workload => workload.Name)
        .Select(remark => $"**{string.Join(", ", remark)}.** {remark.Key}");
