using System.Diagnostics;
using System.Globalization;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;
using LinkedInExports.Core;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>
/// Measures the cost of traces in a sync of small files without latency, which has the most spans per second. The cost is the
/// number of spans multiplied by the cost of each, which is measured in the same run with and without a listener, and divided
/// by the CPU time of the sync. The difference of both CPU times is smaller than their variation.
/// </summary>
internal sealed class RecordTraces : Workload
{
    private const string Without = "without a listener";
    private const string With = "with a listener";
    private const int ResumeBytes = 2 * 1024;
    private const int Unlimited = 1_000_000_000;

    private const int Calls = 1_000_000;

    internal override string Name => "traces";

    internal override string Remark => "The CPU time is that of the engine and the HTTP client. The emulator is another process.";

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        int resumes = (int)bench.Amount(5_000);
        string folder = bench.EmptyFolder("resumes");
        ResumeInput[] records = WriteResumes(folder, resumes);
        string unlimited = Unlimited.ToString(CultureInfo.InvariantCulture);
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync(
            "--records-per-minute",
            unlimited,
            "--requests-per-day",
            unlimited
        );
        for (int i = 0; i < (bench.IsQuick ? 1 : 3); i++)
            await SyncAsync(bench, emulator, records, listener: null); // Until the code is compiled at the highest tier.

        int spans = 0;
        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
            bench.Rounds(15),
            (Without, () => SyncAsync(bench, emulator, records, listener: null)),
            (
                With,
                () =>
                {
                    spans = 0;
                    return SyncAsync(bench, emulator, records, CreateListener(() => spans++));
                }
            )
        );
        double processor = comparison.Median(Without, sample => sample.ProcessorSeconds);
        double idleSpan = await MeasureSpanAsync(listener: null);
        double recordedSpan = await MeasureSpanAsync(CreateListener(() => { }));
        bench.EmptyFolder("resumes");
        bench.EmptyFolder("ledger");
        string work = $"Sync {resumes:N0} resumes of {ResumeBytes / 1024} KiB in the engine alone, CPU time of traces";
        return [CreateResult("no listener", idleSpan, 0.005), CreateResult("a listener", recordedSpan, 0.02)];

        Result CreateResult(string listener, double nanoseconds, double target)
        {
            double ratio = spans * nanoseconds / 1e9 / processor;
            return new Result(
                $"{work}, {listener}",
                string.Create(CultureInfo.InvariantCulture, $"{spans:N0} spans of {nanoseconds:0} ns"),
                string.Create(CultureInfo.InvariantCulture, $"the sync: {processor:0.00} s"),
                Percent(ratio),
                $"<= {Percent(target)}",
                ratio <= target
            );
        }
    }

    private static ActivityListener CreateListener(Action onStopped) =>
        new()
        {
            ShouldListenTo = source => source.Name == "LinkedInExports",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ => onStopped(),
        };

    private static async Task<Sample> SyncAsync(
        BenchmarkContext bench,
        EmulatorProcess emulator,
        ResumeInput[] records,
        ActivityListener? listener
    )
    {
        string ledger = bench.EmptyFolder("ledger");
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                BaseUri = new Uri(emulator.Address + "/v2/"),
                AccessToken = new StaticTokenSource(EmulatorProcess.Token),
                RecordsPerMinute = Unlimited,
                RequestsPerDay = Unlimited,
            }
        );
        var options = new ResumeSyncOptions
        {
            IntegrationContext = OrganizationUrn.Parse("1234567890"),
            Contract = RecruiterContractUrn.Parse("7001"),
            LedgerPath = ledger,
        };
        using ActivityListener? active = listener;
        if (active is not null)
            ActivitySource.AddActivityListener(active);

        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        using var command = new CommandScope("Sync-CandidateResume");
        using ResumeSync sync = client.CandidateResumes.CreateSync(options);
        foreach (ResumeInput record in records)
            sync.Add(record);
        int synced = 0;
        using (command.Enter())
        {
            await foreach (ResumeSyncResult result in sync.SyncAsync(NullDiagnostics.Instance, CancellationToken.None))
                synced += result.Outcome == ResumeSyncOutcome.Synced ? 1 : 0;
        }

        return synced == records.Length
            ? new Sample(watch.Elapsed.TotalSeconds) { ProcessorSeconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds }
            : throw new InvalidOperationException($"{synced} of {records.Length} records are synced.");
    }

    /// <summary>Measures a span with attributes and the measurements of its request, in nanoseconds.</summary>
    private static async Task<double> MeasureSpanAsync(ActivityListener? listener)
    {
        using ActivityListener? active = listener;
        if (active is not null)
            ActivitySource.AddActivityListener(active);
        double best = double.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            for (int i = 0; i < Calls; i++)
            {
                await TraceSpan.RunAsync(
                    "span",
                    span =>
                    {
                        span.With(TelemetryAttribute.RequestMethod, "POST")
                            .With(TelemetryAttribute.UrlTemplate, "/v2/hireMediaUrl")
                            .With(TelemetryAttribute.ServerAddress, "127.0.0.1")
                            .With(TelemetryAttribute.StatusCode, 201);
                        ModuleMetrics.AddReceived(1);
                        ModuleMetrics.AddSent(1);
                        return Task.FromResult(0);
                    }
                );
            }

            best = Math.Min(best, watch.Elapsed.TotalMilliseconds * 1e6 / Calls);
        }

        return best;
    }

    private static ResumeInput[] WriteResumes(string folder, int count)
    {
        string text = string.Concat(Enumerable.Repeat("Ten years of experience in everything.\n", ResumeBytes / 39));
        var records = new ResumeInput[count];
        for (int number = 0; number < count; number++)
        {
            string path = Path.Combine(folder, $"{number}.txt");
            File.WriteAllText(path, $"Resume {number}\n{text}");
            records[number] = new ResumeInput
            {
                CandidateId = $"C-{number}",
                ResumeId = $"R-{number}",
                CreatedAt = LedgerWriter.CreatedAt,
                Path = path,
            };
        }

        return records;
    }

    private static string Percent(double ratio) => (ratio * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
