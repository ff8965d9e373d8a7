namespace LinkedInExports.Benchmarks.Runner;

/// <summary>
/// The same work done by several, round after round in turn, so that whatever else the machine does disturbs all of them
/// alike. What counts is the median.
/// </summary>
internal sealed class BenchmarkComparison
{
    private readonly Dictionary<string, List<Sample>> _samples = [];

    /// <summary>Runs it.</summary>
    /// <param name="rounds">How often each has its turn.</param>
    /// <param name="contestants">Who takes part, by name.</param>
    internal static async Task<BenchmarkComparison> RunAsync(
        int rounds,
        params (string Name, Func<Task<Sample>> Run)[] contestants
    )
    {
        var contest = new BenchmarkComparison();
        for (int round = 0; round < rounds; round++)
        {
            // The order changes, so that nobody always comes after the same one.
            foreach ((string name, Func<Task<Sample>> run) in round % 2 == 0 ? contestants : contestants.Reverse())
            {
                Sample sample = await run();
                contest.Of(name).Add(sample);
                Console.WriteLine(
                    $"    {name, -34} {sample.Seconds, 8:0.000} s  {sample.ProcessorSeconds, 8:0.000} s of processor  "
                        + $"{sample.PeakMegabytes, 6:0} MB"
                );
            }
        }

        return contest;
    }

    internal double Median(string name, Func<Sample, double> of) => GetMedian(_samples[name].Select(of));

    /// <summary>How many times the first has of what the second has, round by round.</summary>
    internal double Ratio(string first, string second, Func<Sample, double> of) =>
        GetMedian(_samples[first].Zip(_samples[second], (a, b) => of(a) / of(b)));

    private static double GetMedian(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private List<Sample> Of(string name)
    {
        if (!_samples.TryGetValue(name, out List<Sample>? samples))
            _samples.Add(name, samples = []);
        return samples;
    }
}
