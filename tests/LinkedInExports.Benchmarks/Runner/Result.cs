using System.Globalization;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>A line of the table.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Ours">What the module needed.</param>
/// <param name="Against">Whom it is compared with, and what that one needed.</param>
/// <param name="Ratio">How they compare.</param>
/// <param name="Target">What is wished.</param>
/// <param name="IsMet">Whether it is so.</param>
internal sealed record Result(string Work, string Ours, string Against, string Ratio, string Target, bool IsMet)
{
    /// <summary>A comparison of times: the module should be so many times as fast.</summary>
    internal static Result Faster(string work, BenchmarkComparison contest, string ours, string other, double target)
    {
        double ratio = contest.Ratio(other, ours, sample => sample.Seconds);
        return new Result(
            work,
            Took(contest, ours),
            $"{other}: {Took(contest, other)}",
            $"{Number(ratio)} x as fast",
            $">= {Number(target)} x",
            ratio >= target
        );
    }

    /// <summary>A comparison of peak memory: the module should need such a part of what the other does.</summary>
    internal static Result Smaller(string work, BenchmarkComparison contest, string ours, string other, double target)
    {
        double ratio = contest.Ratio(ours, other, sample => sample.PeakMegabytes);
        return new Result(
            work + ", peak memory of the process",
            Megabytes(contest, ours),
            $"{other}: {Megabytes(contest, other)}",
            $"{Number(ratio)} of it",
            $"<= {Number(target)}",
            ratio <= target
        );
    }

    internal static string Number(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    internal static string Seconds(BenchmarkComparison contest, string name) =>
        Time(contest.Median(name, sample => sample.Seconds));

    internal static string Megabytes(BenchmarkComparison contest, string name) =>
        contest.Median(name, sample => sample.PeakMegabytes).ToString("0", CultureInfo.InvariantCulture) + " MB";

    /// <summary>The time, what of the processors that took, and the memory, as far as they are known.</summary>
    private static string Took(BenchmarkComparison contest, string name)
    {
        double processor = contest.Median(name, sample => sample.ProcessorSeconds);
        double memory = contest.Median(name, sample => sample.PeakMegabytes);
        string[] more =
        [
            .. processor > 0 ? [Time(processor) + " of processor"] : Array.Empty<string>(),
            .. memory > 0 ? [Megabytes(contest, name)] : Array.Empty<string>(),
        ];
        return Seconds(contest, name) + (more.Length > 0 ? $" ({string.Join(", ", more)})" : "");
    }

    private static string Time(double seconds) =>
        seconds < 1 ? (seconds * 1000).ToString("0", CultureInfo.InvariantCulture) + " ms" : Number(seconds) + " s";

    public override string ToString() =>
        $"| {Work} | {Ours} | {Against} | {Ratio} | {Target} | {(IsMet ? "met" : "**missed**")} |";
}
