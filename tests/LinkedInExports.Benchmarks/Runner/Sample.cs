namespace LinkedInExports.Benchmarks.Runner;

/// <summary>The measurement of one run. Values that were not measured are 0.</summary>
/// <param name="Seconds">The duration of the run.</param>
internal sealed record Sample(double Seconds)
{
    /// <summary>The CPU time of the process, which depends less on other load than the duration.</summary>
    internal double ProcessorSeconds { get; init; }

    /// <summary>The memory of the process before the run.</summary>
    internal double IdleMegabytes { get; init; }

    /// <summary>The peak memory of the process.</summary>
    internal double PeakMegabytes { get; init; }

    internal double AddedMegabytes => PeakMegabytes - IdleMegabytes;
}
