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
internal sealed class SyncUnchangedResumes(string name, int count, int kibibytes) : Workload
{
    private const string Ours = "Sync-CandidateResume";
    private const string Other = "with -Checksum";

    internal override string Name => name;

    internal override string Remark =>
        "Cached files are in the memory of the system. Reading one of 2 KiB takes less time than PowerShell and the engine "
        + "need for its record, so -Checksum can cost little there. Without -Checksum, a file takes one call of the file "
        + "system instead of about nine, which matters on a network share.";

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        int resumes = (int)bench.Amount(count);
        string folder = bench.EmptyFolder("resumes");
        string list = WriteResumes(folder, resumes, kibibytes);
        string ledger = bench.EmptyFolder("ledger");
        LedgerWriter.Write(ledger, resumes, number => Describe(GetPath(folder, number)));
        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
            bench.Rounds(3),
            (Ours, () => bench.Shell.MeasureAsync(GetScript(list, ledger, resumes, "$false"))),
            (Other, () => bench.Shell.MeasureAsync(GetScript(list, ledger, resumes, "$true")))
        );
        BenchmarkComparison engine = await BenchmarkComparison.RunAsync(
            bench.Rounds(7),
            (Ours, () => SyncAsync(list, ledger, isChecksum: false)),
            (Other, () => SyncAsync(list, ledger, isChecksum: true))
        );
        var results = new List<Result>
        {
            Result.Faster(
                $"Sync {resumes:N0} unchanged resumes of {kibibytes} KiB in the engine alone, cached",
                engine,
                Ours,
                Other,
                target: 5
            ),
            Result.Faster($"Sync {resumes:N0} unchanged resumes of {kibibytes} KiB, cached", comparison, Ours, Other, target: 5),
        };
        if (OperatingSystem.IsLinux())
        {
            BenchmarkComparison disk = await BenchmarkComparison.RunAsync(
                bench.Rounds(3),
                (Ours, () => MeasureOnDiskAsync("$false")),
                (Other, () => MeasureOnDiskAsync("$true"))
            );
            results.Add(
                Result.Faster(
                    $"Sync {resumes:N0} unchanged resumes of {kibibytes} KiB, on the disk",
                    disk,
                    Ours,
                    Other,
                    target: 5
                )
            );
        }

        bench.EmptyFolder("ledger");
        bench.EmptyFolder("resumes");
        return results;

        Task<Sample> MeasureOnDiskAsync(string checksum)
        {
            PageCache.Evict(Enumerable.Range(1, resumes).Select(number => GetPath(folder, number)));
            return bench.Shell.MeasureAsync(GetScript(list, ledger, resumes, checksum));
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
