using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;
using LinkedInExports.Core;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>
/// Measures the share of the recording for incidents in the CPU time of a download, which has the most bytes per second, and in
/// the time of a sync at the speed of LinkedIn's quota, which has the most exchanges per second. The time of the recording is
/// measured alone in the same run, because it is shorter than the variation of the work.
/// </summary>
internal sealed class RecordIncidents : Workload
{
    private const int BlockBytes = 128 * 1024;
    private const int BatchSize = 100;

    internal override string Name => "incidents";

    internal override string Remark =>
        """
            The CPU time is that of the engine and the HTTP client; the server is another process. LinkedIn accepts 10,000
            resumes per minute. A sync without quotas and latency, in which only processor time counts, spends a twelfth of
            it on the recording.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long bytes = bench.Amount(1L << 29);
        double save = await MeasureSaveAsync(bench, bytes);
        byte[] block = RepeatedRows.Block().AsSpan(0, BlockBytes).ToArray();
        double saveRecording = Best(() => RecordFile(block, bytes));
        int count = (int)bench.Amount(10_000);
        (double syncRecording, double megabytes) = await MeasureExchangesAsync(count);
        const string sync = "Sync 10,000 resumes in a minute, LinkedIn's quota";
        return
        [
            CreateResult($"Save one file of {bytes >> 20} MiB in the engine alone", saveRecording, save),
            CreateResult(sync, syncRecording * 10_000 / count, 60),
            new Result(
                sync + ", memory of the recorded exchanges",
                string.Create(CultureInfo.InvariantCulture, $"{megabytes:0.00} MB"),
                "",
                "",
                "<= 2 MB",
                megabytes <= 2
            ),
        ];
    }

    private static Result CreateResult(string work, double recording, double total) =>
        new(
            work + ", time of the recording for incidents",
            string.Create(CultureInfo.InvariantCulture, $"{recording * 1000:0.0} ms"),
            string.Create(CultureInfo.InvariantCulture, $"in all: {total:0.00} s"),
            string.Create(CultureInfo.InvariantCulture, $"{recording / total * 100:0.00} %"),
            "<= 1.00 %",
            recording <= total * 0.01
        );

    private static async Task<double> MeasureSaveAsync(BenchmarkContext bench, long bytes)
    {
        using DownloadServer server = await DownloadServer.StartAsync(1, bytes);
        double seconds = await MedianAsync(bench, () => SaveAsync(bench, server));
        bench.EmptyFolder("one");
        return seconds;
    }

    private static async Task<double> MedianAsync(BenchmarkContext bench, Func<Task<Sample>> run)
    {
        const string name = "recorded";
        BenchmarkComparison rounds = await BenchmarkComparison.RunAsync(bench.Rounds(7), (name, run));
        return rounds.Median(name, sample => sample.ProcessorSeconds);
    }

    private static async Task<Sample> SaveAsync(BenchmarkContext bench, DownloadServer server)
    {
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                BaseUri = new Uri(server.Address + "/v2/"),
                AccessToken = new StaticTokenSource("benchmark"),
            }
        );
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = bench.EmptyFolder("one") });
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var input = new InputBuffer<ExportJob>();
        input.Add(
            await client.CrmValidation.GetAsync(
                1,
                CrmInstanceUrn.Parse("urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)"),
                NullDiagnostics.Instance,
                CancellationToken.None
            )
        );
        input.CompleteAdding();
        int saved = 0;
        await foreach (SavedExportFile file in saver.SaveAsync(input.ReadAllAsync(), NullDiagnostics.Instance, default))
            saved++;
        return saved == 1
            ? new Sample(watch.Elapsed.TotalSeconds) { ProcessorSeconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds }
            : throw new InvalidOperationException("The file is not saved.");
    }

    /// <summary>Records a file in blocks, each in the cache of the processor, as after it was received.</summary>
    private static void RecordFile(byte[] block, long bytes)
    {
        using var response = new HttpResponseMessage();
        var content = new BodyRecorder(new IncidentRecorder().Reducers, isFile: true, response);
        for (long done = 0; done < bytes; done += block.Length)
            content.Append(block);
        content.Complete();
    }

    /// <summary>Measures what the recording adds to the requests of a sync without a network.</summary>
    private static async Task<(double Seconds, double Megabytes)> MeasureExchangesAsync(int count)
    {
        using var plain = new HttpMessageInvoker(new ResumeServer());
        await SendAsync(plain, count);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var recorder = new IncidentRecorder();
        using var recorded = new HttpMessageInvoker(recorder.CreateHandler(new ResumeServer()));
        await SendAsync(recorded, count);
        long memory = GC.GetTotalMemory(forceFullCollection: true) - before;

        double without = double.MaxValue;
        double with = double.MaxValue;
        for (int round = 0; round < 9; round++)
        {
            without = Math.Min(without, await SendAsync(plain, count));
            with = Math.Min(with, await SendAsync(recorded, count));
        }

        GC.KeepAlive(recorder);
        return (with - without, memory / 1024.0 / 1024.0);
    }

    private static async Task<double> SendAsync(HttpMessageInvoker http, int resumes)
    {
        TimeSpan before = Environment.CpuUsage.UserTime;
        for (int number = 0; number < resumes; number++)
        {
            await SendAsync(http, HttpMethod.Post, "hireMediaUrl", ResumeServer.LinkRequest);
            await SendAsync(http, HttpMethod.Post, ResumeServer.Link + "&x-ambry-filename=resume.txt", content: null);
            if (number % BatchSize == 0)
                await SendAsync(http, HttpMethod.Put, "tcrmCandidateResumes?" + ResumeServer.Query, ResumeServer.Entities);
        }

        return (Environment.CpuUsage.UserTime - before).TotalSeconds;
    }

    private static async Task SendAsync(HttpMessageInvoker http, HttpMethod method, string path, byte[]? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(ResumeServer.Api, path));
        request.Headers.Add("X-RestLi-Protocol-Version", "1.0.0");
        request.Content = content is null ? new StreamContent(Stream.Null) : new ByteArrayContent(content);
        using HttpResponseMessage response = await http.SendAsync(request, CancellationToken.None);
        await response.Content.ReadAsByteArrayAsync();
    }

    private static double Best(Action work)
    {
        double best = double.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            work();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    /// <summary>Returns the responses of a sync at once.</summary>
    private sealed class ResumeServer : HttpMessageHandler
    {
        internal static readonly Uri Api = new("https://api.linkedin.com/v2/");

        internal static readonly string Link = "https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ" + new string('a', 80);

        internal static readonly byte[] LinkRequest =
            """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:7001"}"""u8.ToArray();

        internal static readonly string Query = Join(
            "&",
            number =>
                $"ids%5B{number}%5D.tcrmCandidateId=C-{number}&ids%5B{number}%5D.integrationContext=urn:li:organization:12345"
                + $"&ids%5B{number}%5D.dataProvider=PARTNER&ids%5B{number}%5D.tcrmResumeId=R-{number}"
        );

        internal static readonly byte[] Entities = CreateJson("entities", "\"tcrmCreatedAt\":1670935153000");

        private static readonly byte[] Results = CreateJson("results", "\"status\":201");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(HttpStatusCode.Created) { RequestMessage = request };
            response.Headers.Date = DateTimeOffset.UnixEpoch;
            response.Headers.Add("x-li-uuid", "AAYkDHQ0eHtvbmUgdHdvIQ==");
            if (request.Method == HttpMethod.Put)
                response.Content = new ByteArrayContent(Results);
            else if (request.RequestUri!.Host == Api.Host)
                response.Headers.Add("X-RestLi-Id", Link);
            else
                response.Headers.TryAddWithoutValidation("Location", "/AQ" + new string('b', 40));
            return Task.FromResult(response);
        }

        private static byte[] CreateJson(string map, string value)
        {
            string entries = Join(
                ",",
                number =>
                    $"\"tcrmCandidateId=C-{number}&dataProvider=PARTNER&integrationContext=urn:li:organization:12345"
                    + $"&tcrmResumeId=R-{number}\":{{{value}}}"
            );
            return Encoding.UTF8.GetBytes($"{{\"{map}\":{{{entries}}}}}");
        }

        private static string Join(string separator, Func<int, string> create) =>
            string.Join(separator, Enumerable.Range(0, BatchSize).Select(create));
    }
}
