using System.Globalization;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>A row of the result table.</summary>
/// <param name="Work">The description of the work.</param>
/// <param name="Ours">The measurement of the module.</param>
/// <param name="Against">The alternative with its measurement.</param>
/// <param name="Ratio">The comparison of both.</param>
/// <param name="Target">The target of the comparison.</param>
/// <param name="IsMet">Whether the target is met.</param>
internal sealed record Result(string Work, string Ours, string Against, string Ratio, string Target, bool IsMet)
{
    /// <summary>Compares times. The target is how many times as fast the module is.</summary>
    internal static Result Faster(string work, BenchmarkComparison comparison, string ours, string other, double target)
    {
        double ratio = comparison.Ratio(other, ours, sample => sample.Seconds);
        return new Result(
            work,
            Describe(comparison, ours),
            $"{other}: {Describe(comparison, other)}",
            $"{Number(ratio)} x as fast",
            $">= {Number(target)} x",
            ratio >= target
        );
    }

    /// <summary>Compares peak memory. The target is the module's fraction of the alternative's memory.</summary>
    internal static Result Smaller(string work, BenchmarkComparison comparison, string ours, string other, double target)
    {
        double ratio = comparison.Ratio(ours, other, sample => sample.PeakMegabytes);
        return new Result(
            work + ", peak memory of the process",
            Megabytes(comparison, ours),
            $"{other}: {Megabytes(comparison, other)}",
            $"{Number(ratio)} of it",
            $"<= {Number(target)}",
            ratio <= target
        );
    }

    internal static string Number(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    internal static string Seconds(BenchmarkComparison comparison, string name) =>
        Time(comparison.Median(name, sample => sample.Seconds));

    internal static string Megabytes(BenchmarkComparison comparison, string name) =>
        comparison.Median(name, sample => sample.PeakMegabytes).ToString("0", CultureInfo.InvariantCulture) + " MB";

    /// <summary>Formats the time, CPU time and memory, as far as they were measured.</summary>
    private static string Describe(BenchmarkComparison comparison, string name)
    {
        double processor = comparison.Median(name, sample => sample.ProcessorSeconds);
        double memory = comparison.Median(name, sample => sample.PeakMegabytes);
        string[] more =
        [
            .. processor > 0 ? [Time(processor) + " of CPU time"] : Array.Empty<string>(),
            .. memory > 0 ? [Megabytes(comparison, name)] : Array.Empty<string>(),
        ];
        return Seconds(comparison, name) + (more.Length > 0 ? $" ({string.Join(", ", more)})" : "");
    }

    private static string Time(double seconds) =>
        seconds < 1 ? (seconds * 1000).ToString("0", CultureInfo.InvariantCulture) + " ms" : Number(seconds) + " s";

    public override string ToString() =>
        $"| {Work} | {Ours} | {Escape(Against)} | {Ratio} | {Target} | {(IsMet ? "met" : "**missed**")} |";

    /// <summary>Escapes the pipe of a pipeline, which would end the cell.</summary>
    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
