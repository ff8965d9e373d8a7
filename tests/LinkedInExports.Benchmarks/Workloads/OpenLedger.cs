using System.Globalization;
using System.Text;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Measures time and memory to open a large ledger, with and without its index.</summary>
internal sealed class OpenLedger : Workload
{
    private const string Ours = "with the index";
    private const string Other = "without the index";
    private const double MaxSeconds = 1.5;
    private const double MaxMegabytes = 120;

    internal override string Name => "ledger";

    internal override string Remark =>
        "A run keeps the index at most 50,000 lines behind the ledger. Without the index, for example after it was deleted, "
        + "all lines are read.";

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        int records = (int)bench.Amount(1_000_000);
        string folder = bench.EmptyFolder("ledger");
        LedgerWriter.Write(folder, records, number => (Sha256Hash.ComputeHex(Encoding.ASCII.GetBytes($"{number}")), File: null));
        string index = Path.Combine(folder, LedgerIndex.FileName);
        string hidden = index + ".hidden";
        List<Result> results =
        [
            .. await CompareAsync(
                $"Get-CandidateResumeSync of a ledger of {records:N0} records",
                $"(Get-CandidateResumeSync {Shell.Quoted(folder)}).InSync",
                records
            ),
            .. await CompareAsync(
                $"Sync-CandidateResume without input, with a ledger of {records:N0} records",
                "@() | Sync-CandidateResume @target; 0",
                0
            ),
        ];
        bench.EmptyFolder("ledger");
        return results;

        async Task<Result[]> CompareAsync(string work, string script, int expected)
        {
            string whole = $"{LedgerWriter.GetPrologue(folder)}Measure-Work {{ {script} }} {expected}";
            BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
                bench.Rounds(5),
                (Ours, () => bench.Shell.MeasureAsync(whole)),
                (
                    Other,
                    async () =>
                    {
                        File.Move(index, hidden);
                        Sample sample = await bench.Shell.MeasureAsync(whole);
                        File.Move(hidden, index, overwrite: true);
                        return sample;
                    }
                )
            );
            return [GetTime(work, comparison), GetMemory(work, comparison)];
        }
    }

    private static Result GetTime(string work, BenchmarkComparison comparison) =>
        Result.Faster(work, comparison, Ours, Other, target: 1) with
        {
            Target = $"< {Result.Number(MaxSeconds)} s",
            IsMet = comparison.Median(Ours, sample => sample.Seconds) < MaxSeconds,
        };

    private static Result GetMemory(string work, BenchmarkComparison comparison)
    {
        double added = comparison.Median(Ours, sample => sample.AddedMegabytes);
        double other = comparison.Median(Other, sample => sample.AddedMegabytes);
        return new Result(
            work + ", memory",
            Result.Megabytes(comparison, Ours),
            $"{Other}: {Result.Megabytes(comparison, Other)} ({Format(other)} MB more than idle)",
            $"{Format(added)} MB more than idle",
            $"<= {MaxMegabytes} MB more",
            added <= MaxMegabytes
        );
    }

    private static string Format(double megabytes) => megabytes.ToString("0", CultureInfo.InvariantCulture);
}
