namespace LinkedInExports.Benchmarks.Runner;

/// <summary>Work that is measured in separate processes.</summary>
internal abstract class Workload
{
    /// <summary>The name for <c>--only</c>.</summary>
    internal abstract string Name { get; }

    /// <summary>An explanation of the results, or an empty string.</summary>
    internal virtual string Remark => "";

    internal abstract Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench);
}
