using System.Globalization;
using System.Net;
using System.Text;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Core;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Threading;
using LinkedInExports.Text;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>
/// Measures the number of status requests for a thousand jobs of different durations in simulated time, and the delay until
/// the end of each job is detected. The average delay of a script is half of its polling interval.
/// </summary>
internal sealed class WaitForJobs : Workload
{
    private const int Validations = 100;
    private const int Queues = 180;
    private const int JobsInQueue = 5;
    private const int ScriptInterval = 5;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    internal override string Name => "wait";

    internal override string Remark =>
        """
            A client cannot know when a job ends, so fewer requests mean a longer delay. The module polls after 5 % of the elapsed
            time, at least 5 s and at most a minute, so its delay is proportional to the duration. The first row is a script with
            the minimum interval, and the second row is a script with the same average delay. A tenth of the requests with the
            same average delay is not possible with any schedule: the optimal intervals reduce the product of requests and
            average delay by only a fifth, because short and long jobs cannot be distinguished before they end.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        Dictionary<ExportJob, ProcessingTime> jobs = CreateJobs();
        Dictionary<string, ProcessingTime> processingTimes = jobs.ToDictionary(job => GetKey(job.Key), job => job.Value);
        var time = new BenchmarkTimeProvider(Start);
        var network = new StatusHandler(time, processingTimes);
        var recorder = new DelayRecorder(time, processingTimes);
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("benchmark"),
                Time = time,
                Random = new Random(5),
                HttpHandler = network,
            }
        );
        ExportWaiter waiter = client.CreateWaiter(new WaitOptions { Timeout = TimeSpan.FromDays(2) });
        int threads = await time.RunAsync(async () =>
        {
            await foreach (ExportJob job in waiter.WaitAsync(jobs.Keys.AsAsyncEnumerable(), recorder, CancellationToken.None))
                recorder.Add(job);
        });
        if (recorder.Delays.Count != jobs.Count)
            throw new InvalidOperationException($"{recorder.Delays.Count} of {jobs.Count} jobs were output.");

        double averageDelay = recorder.Delays.Average();
        return
        [
            CreateResult(
                network.Requests,
                threads,
                recorder,
                CountScriptRequests(processingTimes.Values, ScriptInterval),
                $"a script that polls each job every {ScriptInterval} s",
                ScriptInterval / 2.0
            ),
            CreateResult(
                network.Requests,
                threads,
                recorder,
                CountScriptRequests(processingTimes.Values, 2 * averageDelay),
                "a script with the same average delay",
                averageDelay
            ),
        ];
    }

    private static Result CreateResult(
        long ours,
        int threads,
        DelayRecorder recorder,
        long script,
        string name,
        double scriptDelay
    )
    {
        double ratio = ours / (double)script;
        return new Result(
            $"Wait for {Validations + (Queues * JobsInQueue):N0} jobs of 10 s to 2 h, in simulated time",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{ours:N0} requests, {recorder.Delays.Average():0} s delay on average, {recorder.Delays.Max():0} s at most; "
                    + $"{threads} busy threads at most, and no blocked thread"
            ),
            string.Create(CultureInfo.InvariantCulture, $"{name}: {script:N0} requests, {scriptDelay:0.0} s delay on average"),
            $"{Result.Number(ratio)} of the requests",
            "<= 0.10",
            ratio <= 0.1
        );
    }

    /// <summary>
    /// Creates the jobs with their schedule: validation jobs, which run in parallel and whose durations are distributed
    /// logarithmically, and jobs for the slices of contracts, which LinkedIn runs one at a time.
    /// </summary>
    private static Dictionary<ExportJob, ProcessingTime> CreateJobs()
    {
        var random = new Random(4);
        var jobs = new Dictionary<ExportJob, ProcessingTime>();
        for (int id = 1; id <= Validations; id++)
        {
            jobs.Add(
                new CrmValidationExportJob
                {
                    JobId = id,
                    CrmInstanceId = "urn:li:crmInstance:(DYNAMICS,1)",
                    ExportStartAt = Start,
                },
                new ProcessingTime(0, CreateDuration(10, 7200))
            );
        }

        for (int queue = 0; queue < Queues; queue++)
        {
            double end = 0;
            for (int position = 0; position < JobsInQueue; position++)
            {
                double start = end;
                end += CreateDuration(10, 1800);
                var exportTypes = (ExportType[])[ExportType.Activity, ExportType.Seat, ExportType.ActivityOutcome];
                jobs.Add(
                    new SalesAnalyticsExportJob(exportTypes[queue % 3])
                    {
                        JobId = 100_000 + (queue * JobsInQueue) + position,
                        Contract = $"urn:li:contract:{7000 + (queue / 3)}",
                    },
                    new ProcessingTime(start, end)
                );
            }
        }

        return jobs;

        double CreateDuration(double from, double to) => from * Math.Pow(to / from, random.NextDouble());
    }

    private static long CountScriptRequests(IEnumerable<ProcessingTime> processingTimes, double interval) =>
        processingTimes.Sum(processing => (long)Math.Ceiling(processing.End / interval) + 1);

    private static string GetKey(ExportJob job) => job.JobId.ToString(CultureInfo.InvariantCulture);

    /// <summary>The time in which LinkedIn processes a job, in seconds from the start.</summary>
    private readonly record struct ProcessingTime(double Start, double End);

    private sealed class StatusHandler(TimeProvider time, Dictionary<string, ProcessingTime> processingTimes) : HttpMessageHandler
    {
        private long _requests;

        internal long Requests => _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _requests);
            string id = request.RequestUri!.Segments[^1];
            double now = (time.GetUtcNow() - Start).TotalSeconds;
            string status =
                now >= processingTimes[id].End ? "COMPLETED"
                : now >= processingTimes[id].Start ? "PROCESSING"
                : "ENQUEUED";
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent($$"""{"status":"{{status}}"}""", Encoding.UTF8, "application/json"),
                }
            );
        }
    }

    private sealed class DelayRecorder(TimeProvider time, Dictionary<string, ProcessingTime> processingTimes) : IDiagnostics
    {
        internal List<double> Delays { get; } = [];

        internal void Add(ExportJob job) =>
            Delays.Add((time.GetUtcNow() - Start).TotalSeconds - processingTimes[GetKey(job)].End);

        public void Error(LinkedInException error) => throw error;

        public bool IncludesDetails => true;

        public void Warning(SanitizedText text) { }

        public void Verbose(SanitizedText text) { }

        public void Debug(SanitizedText text) { }

        public void Progress(ProgressUpdate update) { }
    }
}
