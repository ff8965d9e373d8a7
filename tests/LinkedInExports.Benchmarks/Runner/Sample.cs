namespace LinkedInExports.Benchmarks.Runner;

/// <summary>One run of one contestant. What was not measured is 0.</summary>
/// <param name="Seconds">How long it took.</param>
internal sealed record Sample(double Seconds)
{
    /// <summary>What its process took of the processors meanwhile: disturbed less by what else they do.</summary>
    internal double ProcessorSeconds { get; init; }

    /// <summary>What its process held before.</summary>
    internal double IdleMegabytes { get; init; }

    /// <summary>The most that its process ever held.</summary>
    internal double PeakMegabytes { get; init; }

    internal double AddedMegabytes => PeakMegabytes - IdleMegabytes;
}
