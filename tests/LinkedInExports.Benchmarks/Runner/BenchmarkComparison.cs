namespace LinkedInExports.Benchmarks.Runner;

/// <summary>
/// Runs the same work with several contestants, which alternate so that other load on the machine affects all of them. The
/// results are medians.
/// </summary>
internal sealed class BenchmarkComparison
{
    private readonly Dictionary<string, List<Sample>> _samples = [];

    /// <summary>Runs the comparison.</summary>
    /// <param name="rounds">The number of runs of each contestant.</param>
    /// <param name="contestants">The contestants with their names.</param>
    internal static async Task<BenchmarkComparison> RunAsync(
        int rounds,
        params (string Name, Func<Task<Sample>> Run)[] contestants
    )
    {
        var comparison = new BenchmarkComparison();
        for (int round = 0; round < rounds; round++)
        {
            // The order alternates, so that no contestant always runs after the same one.
            foreach ((string name, Func<Task<Sample>> run) in round % 2 == 0 ? contestants : contestants.Reverse())
            {
                Sample sample = await run();
                comparison.GetSamples(name).Add(sample);
                Console.WriteLine(
                    $"    {name, -34} {sample.Seconds, 8:0.000} s  {sample.ProcessorSeconds, 8:0.000} s of CPU time  "
                        + $"{sample.PeakMegabytes, 6:0} MB"
                );
            }
        }

        return comparison;
    }

    internal double Median(string name, Func<Sample, double> selector) => GetMedian(_samples[name].Select(selector));

    /// <summary>Gets the median of the ratios of both contestants in each round.</summary>
    internal double Ratio(string first, string second, Func<Sample, double> selector) =>
        GetMedian(_samples[first].Zip(_samples[second], (a, b) => selector(a) / selector(b)));

    private static double GetMedian(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private List<Sample> GetSamples(string name)
    {
        if (!_samples.TryGetValue(name, out List<Sample>? samples))
            _samples.Add(name, samples = []);
        return samples;
    }
}
