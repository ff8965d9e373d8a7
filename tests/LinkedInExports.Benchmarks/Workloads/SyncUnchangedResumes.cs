using System.Diagnostics;
using System.Globalization;
using System.Text;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Core;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Measures a sync of unchanged files, which are read with <c>-Checksum</c> only.</summary>
/// <param name="name">The name of the workload.</param>
/// <param name="count">The number of files.</param>
/// <param name="kibibytes">The size of a file.</param>
/// <param name="isCached">Whether to measure also files that are in the memory of the system.</param>
internal sealed class SyncUnchangedResumes(string name, int count, int kibibytes, bool isCached) : Workload
{
    private const string Ours = "Sync-CandidateResume";
    private const string Other = "with -Checksum";

    internal override string Name => name;

    internal override string Remark =>
        "Cached files are in the memory of the system. Files on the disk are removed from there before each run; what the "
        + "system knows of their names, lengths and times is not. Reading a file of 2 KiB takes less time than PowerShell needs "
        + "for its record, so -Checksum can cost little there. Without -Checksum, a file takes one call of the file system "
        + "instead of about nine, which matters on a network share.";

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        int resumes = (int)bench.Amount(count);
        string folder = bench.EmptyFolder("resumes");
        string list = WriteResumes(folder, resumes, kibibytes);
        string ledger = bench.EmptyFolder("ledger");
        LedgerWriter.Write(ledger, resumes, number => Describe(GetPath(folder, number)));
        string work = $"Sync {resumes:N0} unchanged resumes of {kibibytes} KiB";
        var results = new List<Result>();
        if (isCached)
            results.AddRange(await MeasureAsync("cached", () => { }));
        if (OperatingSystem.IsLinux())
        {
            results.AddRange(
                await MeasureAsync(
                    "on the disk",
                    () => PageCache.Evict(Enumerable.Range(1, resumes).Select(number => GetPath(folder, number)))
                )
            );
        }

        bench.EmptyFolder("ledger");
        bench.EmptyFolder("resumes");
        return results;

        async Task<Result[]> MeasureAsync(string place, Action prepare)
        {
            BenchmarkComparison engine = await CompareAsync(
                isCached ? 7 : 3, // Until all is compiled at the highest tier.
                isChecksum => SyncAsync(list, ledger, isChecksum)
            );
            BenchmarkComparison shell = await CompareAsync(
                3,
                isChecksum => bench.Shell.MeasureAsync(GetScript(list, ledger, resumes, isChecksum ? "$true" : "$false"))
            );
            return
            [
                Result.Faster($"{work} in the engine alone, {place}", engine, Ours, Other, target: 5),
                Result.Faster($"{work}, {place}", shell, Ours, Other, target: 5),
            ];

            Task<BenchmarkComparison> CompareAsync(int rounds, Func<bool, Task<Sample>> measure)
            {
                return BenchmarkComparison.RunAsync(
                    bench.Rounds(rounds),
                    (Ours, () => RunOnceAsync(isChecksum: false)),
                    (Other, () => RunOnceAsync(isChecksum: true))
                );

                Task<Sample> RunOnceAsync(bool isChecksum)
                {
                    prepare();
                    return measure(isChecksum);
                }
            }
        }
    }

    /// <summary>Runs the engine without PowerShell. The time includes the input.</summary>
    private static async Task<Sample> SyncAsync(string list, string ledger, bool isChecksum)
    {
        var records = File.ReadLines(list)
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(fields => new ResumeInput
            {
                CandidateId = fields[0],
                ResumeId = fields[1],
                CreatedAt = fields[2],
                Path = fields[3],
            })
            .ToList();
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                BaseUri = new Uri($"http://{LedgerWriter.Api}/v2/"),
                AccessToken = new StaticTokenSource("none"),
            }
        );
        var options = new ResumeSyncOptions
        {
            IntegrationContext = OrganizationUrn.Parse(LedgerWriter.Organization),
            Contract = RecruiterContractUrn.Parse("7001"),
            LedgerPath = ledger,
            Checksum = isChecksum,
        };
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        using ResumeSync sync = client.CandidateResumes.CreateSync(options);
        foreach (ResumeInput record in records)
            sync.Add(record);
        int unchanged = 0;
        await foreach (ResumeSyncResult result in sync.SyncAsync(NullDiagnostics.Instance, CancellationToken.None))
            unchanged += result.Outcome == ResumeSyncOutcome.Unchanged ? 1 : 0;
        return unchanged == records.Count
            ? new Sample(watch.Elapsed.TotalSeconds) { ProcessorSeconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds }
            : throw new InvalidOperationException($"{unchanged} of {records.Count} records are unchanged.");
    }

    private static string GetScript(string list, string ledger, int resumes, string checksum) =>
        $$"""
            {{LedgerWriter.GetPrologue(ledger)}}
            $candidates = Import-Csv -LiteralPath {{Shell.Quoted(list)}}
            Measure-Work {
                $null = $candidates | Sync-CandidateResume @target -Checksum:{{checksum}}
                (Get-CandidateResumeSync {{Shell.Quoted(ledger)}}).Unchanged
            } {{resumes}}
            """;

    private static string WriteResumes(string folder, int count, int kibibytes)
    {
        string text = string.Concat(Enumerable.Repeat("Ten years of experience in everything.\n", kibibytes * 1024 / 39));
        DateTime yesterday = DateTime.UtcNow.AddDays(-1);
        var list = new StringBuilder("CandidateId,ResumeId,CreatedAt,Path\n");
        for (int number = 1; number <= count; number++)
        {
            string path = GetPath(folder, number);
            File.WriteAllText(path, $"Resume {number}\n{text}");
            File.SetLastWriteTimeUtc(path, yesterday);
            list.Append(CultureInfo.InvariantCulture, $"C-{number},R-{number},{LedgerWriter.CreatedAt},{path}\n");
        }

        string listPath = Path.Combine(folder, "candidates.csv");
        File.WriteAllText(listPath, list.ToString());
        return listPath;
    }

    private static (string Sha256, FileStamp? File) Describe(string path) =>
        (Sha256Hash.ComputeHex(File.ReadAllBytes(path)), FileStamp.TryCapture(path, DateTimeOffset.UtcNow));

    private static string GetPath(string folder, int number) => Path.Combine(folder, $"{number}.txt");
}
