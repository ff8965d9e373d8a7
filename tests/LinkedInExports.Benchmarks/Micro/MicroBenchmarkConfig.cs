using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LinkedInExports.Tooling;

namespace LinkedInExports.Benchmarks.Micro;

/// <summary>
/// In this process: BenchmarkDotNet would build a project of its own otherwise, and the module's projects put their output
/// where PowerShell finds it, not where that would look.
/// </summary>
internal static class MicroBenchmarkConfig
{
    internal static IConfig Create() =>
        DefaultConfig
            .Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(Repository.Root, "artifacts", "benchmarks"));
}
