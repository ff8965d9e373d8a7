namespace LinkedInExports.Benchmarks.Runner;

/// <summary>Something that is measured from outside, in processes of its own.</summary>
internal abstract class Workload
{
    /// <summary>What <c>--only</c> calls it.</summary>
    internal abstract string Name { get; }

    /// <summary>What there is to know about the figures; empty where they speak for themselves.</summary>
    internal virtual string Remark => "";

    /// <summary>Measures it.</summary>
    internal abstract Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench);
}
