namespace LinkedInExports.Benchmarks.Running;

/// <summary>One run of one contestant.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="IdleMegabytes">What its process held before.</param>
/// <param name="PeakMegabytes">The most that its process ever held.</param>
internal sealed record Sample(double Seconds, double IdleMegabytes = 0, double PeakMegabytes = 0)
{
    internal double AddedMegabytes => PeakMegabytes - IdleMegabytes;
}
