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
/// A thousand jobs of mixed length in simulated time: how many questions it takes to see each end, and how late it is
/// seen. A script that asks about each job every so many seconds is late by half of that on average.
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
            Who cannot know when a job ends has to choose between asking often and being late. Asking after 5 % of the time
            waited, at least 5 s and at most a minute, is late in proportion; a script that is never later than that for its
            shortest jobs needs the first figure, one that is as late on average the second. A tenth at equal lateness is out of
            reach of any schedule: with the best intervals for one job of such a length, the product of requests and average
            lateness is a fifth smaller than with equal ones, as jobs of ten seconds and of hours look alike until they end.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        Dictionary<ExportJob, Turn> jobs = Jobs();
        Dictionary<string, Turn> turns = jobs.ToDictionary(job => Key(job.Key), job => job.Value);
        var time = new BenchmarkTimeProvider(Start);
        var network = new Answers(time, turns);
        var seen = new Seen(time, turns);
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
            await foreach (ExportJob job in waiter.WaitAsync(jobs.Keys.AsAsyncEnumerable(), seen, CancellationToken.None))
                seen.Add(job);
        });
        if (seen.Lateness.Count != jobs.Count)
            throw new InvalidOperationException($"{seen.Lateness.Count} of {jobs.Count} jobs were seen.");

        double late = seen.Lateness.Average();
        return
        [
            Line(
                network.Requests,
                threads,
                seen,
                Script(turns.Values, ScriptInterval),
                $"a script that asks about each every {ScriptInterval} s",
                ScriptInterval / 2.0
            ),
            Line(network.Requests, threads, seen, Script(turns.Values, 2 * late), "a script that is as late on average", late),
        ];
    }

    private static Result Line(long ours, int threads, Seen seen, long script, string name, double scriptLate)
    {
        double part = ours / (double)script;
        return new Result(
            $"Wait for {Validations + (Queues * JobsInQueue):N0} jobs of 10 s to 2 h, in simulated time",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{ours:N0} requests, {seen.Lateness.Average():0} s late on average, {seen.Lateness.Max():0} s at most; "
                    + $"{threads} busy threads at most, and none that waits"
            ),
            string.Create(CultureInfo.InvariantCulture, $"{name}: {script:N0} requests, {scriptLate:0.0} s late on average"),
            $"{Result.Number(part)} of the requests",
            "<= 0.10",
            part <= 0.1
        );
    }

    /// <summary>
    /// The jobs with their turns: validation jobs, which run side by side, short ones as often as long ones on a
    /// logarithmic scale; and jobs for the slices of some contracts, which LinkedIn runs one after the other.
    /// </summary>
    private static Dictionary<ExportJob, Turn> Jobs()
    {
        var random = new Random(4);
        var jobs = new Dictionary<ExportJob, Turn>();
        for (int id = 1; id <= Validations; id++)
        {
            jobs.Add(
                new CrmValidationExportJob
                {
                    JobId = id,
                    CrmInstanceId = "urn:li:crmInstance:(DYNAMICS,1)",
                    ExportStartAt = Start,
                },
                new Turn(0, Length(10, 7200))
            );
        }

        for (int queue = 0; queue < Queues; queue++)
        {
            double end = 0;
            for (int place = 0; place < JobsInQueue; place++)
            {
                double start = end;
                end += Length(10, 1800);
                var kind = (ExportType[])[ExportType.Activity, ExportType.Seat, ExportType.ActivityOutcome];
                jobs.Add(
                    new SalesAnalyticsExportJob(kind[queue % 3])
                    {
                        JobId = 100_000 + (queue * JobsInQueue) + place,
                        Contract = $"urn:li:contract:{7000 + (queue / 3)}",
                    },
                    new Turn(start, end)
                );
            }
        }

        return jobs;

        double Length(double from, double to) => from * Math.Pow(to / from, random.NextDouble());
    }

    private static long Script(IEnumerable<Turn> turns, double interval) =>
        turns.Sum(turn => (long)Math.Ceiling(turn.End / interval) + 1);

    private static string Key(ExportJob job) => job.JobId.ToString(CultureInfo.InvariantCulture);

    /// <summary>When LinkedIn is at work on a job, in seconds from the start.</summary>
    private readonly record struct Turn(double Start, double End);

    private sealed class Answers(TimeProvider time, Dictionary<string, Turn> turns) : HttpMessageHandler
    {
        private long _requests;

        internal long Requests => _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _requests);
            string id = request.RequestUri!.Segments[^1];
            double now = (time.GetUtcNow() - Start).TotalSeconds;
            string status =
                now >= turns[id].End ? "COMPLETED"
                : now >= turns[id].Start ? "PROCESSING"
                : "ENQUEUED";
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent($$"""{"status":"{{status}}"}""", Encoding.UTF8, "application/json"),
                }
            );
        }
    }

    private sealed class Seen(TimeProvider time, Dictionary<string, Turn> turns) : IDiagnostics
    {
        internal List<double> Lateness { get; } = [];

        internal void Add(ExportJob job) => Lateness.Add((time.GetUtcNow() - Start).TotalSeconds - turns[Key(job)].End);

        public void Error(LinkedInException error) => throw error;

        public void Warning(SanitizedText text) { }

        public void Verbose(SanitizedText text) { }

        public void Debug(SanitizedText text) { }

        public void Progress(ProgressUpdate update) { }
    }
}
