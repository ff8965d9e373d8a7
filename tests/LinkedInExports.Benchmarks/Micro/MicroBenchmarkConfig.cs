using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LinkedInExports.Tooling;

namespace LinkedInExports.Benchmarks.Micro;

/// <summary>
/// Runs in this process, because BenchmarkDotNet cannot build a project that references the module: its output is not in the
/// default folder.
/// </summary>
internal static class MicroBenchmarkConfig
{
    internal static IConfig Create() =>
        DefaultConfig
            .Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(Repository.Root, "artifacts", "benchmarks"));
}
