using LinkedInExports.Benchmarks.Running;

namespace LinkedInExports.Benchmarks.Works;

internal sealed class SyncResumes : Work
{
    internal override string Name => "sync";

    internal override Task<IReadOnlyList<Result>> RunAsync(Bench bench) => throw new NotImplementedException();
}

internal sealed class WaitForJobs : Work
{
    internal override string Name => "wait";

    internal override Task<IReadOnlyList<Result>> RunAsync(Bench bench) => throw new NotImplementedException();
}
