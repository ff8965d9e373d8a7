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
Workload[] works;
try
{
    options = BenchmarkOptions.Parse(args);
    works = [.. WorkloadRegistry.Select(options.Only)];
}
catch (ArgumentException problem)
{
    Console.Error.WriteLine(problem.Message);
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
    foreach (Workload work in works)
    {
        Console.WriteLine(work.Name);
        IReadOnlyList<Result> its = await work.RunAsync(bench);
        results.AddRange(its);
        foreach (Result result in its)
            Console.WriteLine("  " + result);
    }

    if (options.Out is { } path)
        ResultFile.Write(path, await Machine.DescribeAsync(bench.Shell), results, Remarks(works));
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static IEnumerable<string> Remarks(IEnumerable<Workload> works) =>
    works
        .Where(work => work.Remark.Length > 0)
        .GroupBy(work => work.Remark, work => work.Name)
        .Select(remark => $"**{string.Join(", ", remark)}.** {remark.Key}");
