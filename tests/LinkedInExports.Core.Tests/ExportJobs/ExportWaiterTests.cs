using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>Hours of waiting in simulated time.</summary>
[Collection(nameof(Alone))]
public sealed class ExportWaiterTests
{
    private readonly SimulatedTimeProvider _time = new();
    private readonly RecordingOutput _recorder = new();
    private readonly List<(DateTimeOffset At, string Line)> _requests = [];

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    [InlineData(7200)]
    public async Task Wait_JobOfAnyDuration_EndsSoonWithFewPolls(int seconds)
    {
        DateTimeOffset end = _time.GetUtcNow().AddSeconds(seconds);
        await WaitAsync([Job(1)], _ => Status(_time.GetUtcNow() >= end ? "COMPLETED" : "PROCESSING"));

        Assert.Equal(1, Assert.IsType<CrmValidationExportJob>(Assert.Single(_recorder.Outputs)).JobId);
        Assert.InRange(_time.GetUtcNow() - end, TimeSpan.Zero, TimeSpan.FromSeconds(72));
        Assert.InRange(_requests.Count, 1, 179);
        Assert.Empty(_recorder.Warnings);
    }

    [Fact]
    public async Task Wait_NewJob_PollsImmediately()
    {
        DateTimeOffset start = _time.GetUtcNow();
        await WaitAsync([Job(1)], _ => Status("COMPLETED"));
        Assert.Equal(start, Assert.Single(_requests).At);
    }

    [Fact]
    public async Task Wait_SeveralJobs_EmitsEachWhenCompleted()
    {
        DateTimeOffset start = _time.GetUtcNow();
        await WaitAsync(
            [Job(3), Job(1), Job(2)],
            id => Status(_time.GetUtcNow() >= start.AddMinutes(id) ? "COMPLETED" : "PROCESSING")
        );
        Assert.Equal([1, 2, 3], _recorder.Outputs.Cast<ExportJob>().Select(job => job.JobId));
    }

    [Fact]
    public async Task Wait_CompletedJob_SendsNoRequest()
    {
        await WaitAsync([Job(1) with { Status = "COMPLETED" }], _ => throw new InvalidOperationException("asked"));
        Assert.Single(_recorder.Outputs);
        Assert.Empty(_requests);
    }

    [Fact]
    public async Task Wait_Timeout_ReportsErrorWithResumeCommand()
    {
        DateTimeOffset start = _time.GetUtcNow();
        await WaitAsync([Job(7)], _ => Status("PROCESSING"), new WaitOptions { Timeout = TimeSpan.FromMinutes(30) });

        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal((LinkedInErrorId.WaitTimedOut, "7"), (error.Id, error.Target));
        Assert.Contains("PROCESSING", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"Get-CrmValidationExportJob -JobId 7 -CrmInstanceId '{EmulatorFixture.Crm}' | Wait-ExportJob",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(_recorder.Outputs);
        Assert.Equal(start.AddMinutes(30), _time.GetUtcNow());
        Assert.Equal(start.AddMinutes(30), _requests[^1].At);
    }

    [Fact]
    public async Task Wait_TimeoutZero_PollsOnce()
    {
        await WaitAsync([Job(7)], _ => Status("PROCESSING"), new WaitOptions { Timeout = TimeSpan.Zero });
        Assert.Single(_requests);
        Assert.Equal(LinkedInErrorId.WaitTimedOut, Assert.Single(_recorder.Errors).Id);
    }

    [Fact]
    public async Task Wait_FixedInterval_PollsAtThatInterval()
    {
        DateTimeOffset end = _time.GetUtcNow().AddSeconds(100);
        await WaitAsync(
            [Job(1)],
            _ => Status(_time.GetUtcNow() >= end ? "COMPLETED" : "PROCESSING"),
            new WaitOptions { PollInterval = TimeSpan.FromSeconds(20) }
        );
        Assert.Equal(6, _requests.Count);
    }

    [Fact]
    public async Task Wait_FailedJob_ReportsErrorAndWaitsForOthers()
    {
        await WaitAsync([Job(1), Job(2)], id => Status(id == 1 ? "FAILED_DUE_TO_INTERNAL_ERROR" : "COMPLETED"));
        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal((LinkedInErrorId.ExportJobFailed, "1"), (error.Id, error.Target));
        Assert.Contains("FAILED_DUE_TO_INTERNAL_ERROR", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, ((ExportJob)Assert.Single(_recorder.Outputs)).JobId);
    }

    [Fact]
    public async Task Wait_UnknownStatus_WarnsOnceAndWaits()
    {
        DateTimeOffset end = _time.GetUtcNow().AddMinutes(5);
        await WaitAsync([Job(1)], _ => Status(_time.GetUtcNow() >= end ? "COMPLETED" : "VALIDATING"));
        Assert.Contains("'VALIDATING'", Assert.Single(_recorder.Warnings), StringComparison.Ordinal);
        Assert.Single(_recorder.Outputs);
    }

    [Fact]
    public async Task Wait_UnknownJob_ReportsErrorAndWaitsForOthers()
    {
        await WaitAsync(
            [Job(1), Job(2)],
            id => id == 1 ? FakeHttpHandler.Json("{}", HttpStatusCode.NotFound) : Status("COMPLETED")
        );
        Assert.Equal((LinkedInErrorId.NotFound, "1"), (Assert.Single(_recorder.Errors).Id, _recorder.Errors[0].Target));
        Assert.Single(_recorder.Outputs);
    }

    [Fact]
    public async Task Wait_TransientFailures_Continues()
    {
        DateTimeOffset start = _time.GetUtcNow();
        await WaitAsync(
            [Job(1)],
            _ =>
                (_time.GetUtcNow() - start).TotalMinutes switch
                {
                    < 10 => Status("PROCESSING"),
                    < 11 => FakeHttpHandler.Json("", HttpStatusCode.BadGateway),
                    _ => Status("COMPLETED"),
                }
        );
        Assert.Single(_recorder.Outputs);
        Assert.Empty(_recorder.Errors);
        Assert.NotEmpty(_recorder.Warnings);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(0, 150)]
    [InlineData(90, 150)]
    [InlineData(200, 150)]
    public async Task RunAsync_OutageWithinTheTimeout_OutputsTheJob(int after, int seconds)
    {
        DateTimeOffset start = _time.GetUtcNow();
        await WaitAsync(
            [Job(1)],
            _ =>
                (_time.GetUtcNow() - start).TotalSeconds is var at && at >= after && at < after + seconds
                    ? FakeHttpHandler.Json("", HttpStatusCode.ServiceUnavailable)
                    : Status(at < after ? "PROCESSING" : "COMPLETED"),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(6) }
        );
        Assert.Single(_recorder.Outputs);
        Assert.Empty(_recorder.Errors);
        Assert.Contains("Asking again", Assert.Single(_recorder.Warnings), StringComparison.Ordinal);
        Assert.Contains(
            _recorder.VerboseLines,
            line => line.StartsWith("LinkedIn answers again after", StringComparison.Ordinal)
        );
        Assert.InRange(
            _time.GetUtcNow() - start,
            TimeSpan.FromSeconds(after + seconds),
            TimeSpan.FromSeconds(after + seconds + 60)
        );
    }

    [Fact]
    public async Task RunAsync_UnexpectedException_IsTheErrorOfItsJobOnly()
    {
        await WaitAsync(
            [Job(1), Job(2), Job(3)],
            id => id == 2 ? throw new InvalidCastException("a defect") : Status("COMPLETED")
        );
        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal((LinkedInErrorId.InternalError, "2"), (error.Id, error.Target));
        Assert.Equal([1, 3], _recorder.Outputs.Cast<ExportJob>().Select(job => job.JobId).Order());
    }

    [Fact]
    public async Task RunAsync_OutageOfManyJobs_WarnsOnce()
    {
        DateTimeOffset start = _time.GetUtcNow();
        await WaitAsync(
            [.. Enumerable.Range(1, 20).Select(id => Job(id))],
            _ =>
                _time.GetUtcNow() - start < TimeSpan.FromMinutes(3)
                    ? FakeHttpHandler.Json("", HttpStatusCode.BadGateway)
                    : Status("COMPLETED")
        );
        Assert.Equal(20, _recorder.Outputs.Length);
        Assert.Single(_recorder.Warnings);
    }

    [Fact]
    public async Task RunAsync_OutageLongerThanTheTimeout_TimesOutWithTheReason()
    {
        DateTimeOffset start = _time.GetUtcNow();
        await WaitAsync(
            [Job(1)],
            _ => throw new HttpRequestException("Connection refused"),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(6) }
        );
        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal((LinkedInErrorId.WaitTimedOut, "1"), (error.Id, error.Target));
        Assert.Contains("Connection refused", error.Message, StringComparison.Ordinal);
        Assert.Equal(LinkedInErrorId.ConnectionFailed, Assert.IsType<LinkedInException>(error.InnerException).Id);
        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(6.2));
    }

    /// <summary>The end of the input and the start of a sleep meet at any moment.</summary>
    [Fact]
    public async Task RunAsync_InputThatEndsAtAnyMoment_NeverThrows()
    {
        using LinkedInClient client = new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                HttpHandler = new FakeHttpHandler(_ => Status("COMPLETED")),
            }
        );
        int runs = ExhaustiveTests.GetRunCount(sample: 20_000, full: 100_000);
        int expected = 0;
        for (int run = 0; run < runs; run++)
        {
            ExportWaiter waiter = client.CreateWaiter(new WaitOptions());
            var input = new InputBuffer<ExportJob>();
            int state = 0;
            Task waiting = Task.Run(() =>
            {
                Volatile.Write(ref state, 1);
                SpinWait.SpinUntil(() => Volatile.Read(ref state) == 2);
                return waiter.WaitAsync(input.ReadAllAsync(), _recorder, CancellationToken.None).RecordAsync(_recorder);
            });
            SpinWait.SpinUntil(() => Volatile.Read(ref state) == 1);
            if (run % 2 == 0)
            {
                input.Add(run % 4 == 0 ? Job(1) : Job(1) with { Status = "COMPLETED" });
                expected++;
            }

            Volatile.Write(ref state, 2);
            Thread.SpinWait(run % 97);
            input.CompleteAdding();
            await waiting.WaitAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(expected, _recorder.Outputs.Length);
        Assert.Empty(_recorder.Errors);
    }

    [Fact]
    public async Task Wait_StartMovedByLinkedIn_Warns()
    {
        await WaitAsync(
            [Job(1)],
            _ => FakeHttpHandler.Json("""{"jobId":1,"status":"COMPLETED","exportStartAt":1538947151337}""")
        );
        Assert.Contains("exported from 2018-10-07", Assert.Single(_recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_JobsAddedLater_AreWaitedFor()
    {
        using LinkedInClient client = Client(_ => Status("COMPLETED"));
        ExportWaiter waiter = client.CreateWaiter(new WaitOptions());
        var input = new InputBuffer<ExportJob>();
        input.Add(Job(1));
        Task run = waiter.WaitAsync(input.ReadAllAsync(), _recorder, CancellationToken.None).RecordAsync(_recorder);
        Assert.True(SpinWait.SpinUntil(() => _recorder.Outputs.Length == 1, TimeSpan.FromSeconds(10)));
        Assert.False(run.IsCompleted);

        input.Add(Job(2));
        input.CompleteAdding();
        await _time.RunAsync(() => run);
        Assert.Equal([1, 2], _recorder.Outputs.Cast<ExportJob>().Select(job => job.JobId));
    }

    [Fact]
    public async Task Wait_ThousandJobs_ShareOneScheduler()
    {
        DateTimeOffset start = _time.GetUtcNow();
        ExportJob[] jobs = [.. Enumerable.Range(1, 1000).Select(id => Job(id))];
        await WaitAsync(jobs, id => Status(_time.GetUtcNow() >= start.AddSeconds(7 * id % 7200) ? "COMPLETED" : "PROCESSING"));
        Assert.Equal(1000, _recorder.Outputs.Length);
        Assert.InRange(_requests.Count, 1000, 150_000);
    }

    [Theory]
    [InlineData("ENQUEUED", 7, 9)]
    [InlineData("PROCESSING", 35, 41)] // It does not say that they wait: it may take them in another order.
    public async Task Wait_QueuedJobs_ArePolledRarelyUntilTheirTurn(string status, int atLeast, int atMost)
    {
        // Five jobs of ten minutes each, one after the other, as LinkedIn runs them.
        DateTimeOffset start = _time.GetUtcNow();
        ExportJob[] jobs = [.. Enumerable.Range(1, 5).Select(id => Sales(id))];
        await WaitAsync(
            jobs,
            id =>
                Status(
                    (_time.GetUtcNow() - start).TotalMinutes - (10 * id) is var since && since >= 0 ? "COMPLETED"
                    : since >= -10 ? "PROCESSING"
                    : status
                ),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(15) }
        );

        Assert.Equal([1, 2, 3, 4, 5], _recorder.Outputs.Cast<ExportJob>().Select(job => job.JobId));
        Assert.Empty(_recorder.Warnings);
        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(53));
        var asked = _requests
            .Where(request => request.Line.Contains("/5?", StringComparison.Ordinal))
            .Select(request => request.At - start)
            .ToArray();
        Assert.InRange(asked.Count(at => at < TimeSpan.FromMinutes(39)), atLeast, atMost);
    }

    [Fact]
    public async Task Wait_QueuedJobNeverStarts_TimesOut()
    {
        await WaitAsync(
            [Sales(1), Sales(2)],
            id => Status(id == 1 ? "COMPLETED" : "ENQUEUED"),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(15) }
        );
        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal((LinkedInErrorId.WaitTimedOut, "2"), (error.Id, error.Target));
        Assert.Contains(
            "Get-SalesAnalyticsExportJob -JobId 2 -Contract urn:li:contract:7001 -ExportType Seat | Wait-ExportJob",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Wait_StopAfter_EndsQueuedJobsToo()
    {
        DateTimeOffset start = _time.GetUtcNow();
        await WaitAsync(
            [.. Enumerable.Range(1, 5).Select(id => Sales(id))],
            id =>
                Status(
                    id == 1 ? "COMPLETED"
                    : id == 2 ? "PROCESSING"
                    : "ENQUEUED"
                ),
            new WaitOptions { StopAfter = TimeSpan.FromMinutes(20.5) }
        );

        Assert.Single(_recorder.Outputs);
        Assert.Equal(["2", "3", "4", "5"], _recorder.Errors.Select(error => error.Target).Order());
        Assert.All(_recorder.Errors, error => Assert.Equal(LinkedInErrorId.WaitTimedOut, error.Id));
        Assert.All(
            _recorder.Errors,
            error => Assert.Contains("is not finished after 00:20:30", error.Message, StringComparison.Ordinal)
        );
        Assert.Equal(start.AddMinutes(20.5), _time.GetUtcNow());
    }

    [Fact]
    public async Task Wait_TimeoutAndStopAfter_ShorterOneCounts()
    {
        await WaitAsync(
            [Job(7)],
            _ => Status("PROCESSING"),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(2), StopAfter = TimeSpan.FromMinutes(3) }
        );
        Assert.Contains("is not finished after 00:02:00", Assert.Single(_recorder.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_SlowPoll_DelaysNoOtherJob()
    {
        // The first job's questions fail and are tried again for a while; the second one is ready meanwhile.
        DateTimeOffset start = _time.GetUtcNow();
        var ready = new List<(long Id, TimeSpan At)>();
        _recorder.OnMessage = (stream, content) =>
        {
            if (stream == "Output")
                ready.Add((((ExportJob)content).JobId, _time.GetUtcNow() - start));
        };
        await WaitAsync(
            [Job(1), Job(2)],
            id =>
                id == 1 && _time.GetUtcNow() - start < TimeSpan.FromSeconds(12)
                    ? FakeHttpHandler.Json("", HttpStatusCode.BadGateway)
                    : Status(id == 1 || _time.GetUtcNow() - start >= TimeSpan.FromSeconds(5) ? "COMPLETED" : "PROCESSING")
        );
        Assert.Equal([2, 1], ready.Select(job => job.Id));
        Assert.InRange(ready[0].At, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Wait_SlowPoll_IsBoundedByTimeout()
    {
        DateTimeOffset start = _time.GetUtcNow();
        await WaitAsync(
            [Job(1)],
            _ =>
            {
                HttpResponseMessage response = FakeHttpHandler.Json("", HttpStatusCode.TooManyRequests);
                response.Headers.Add("Retry-After", "300");
                return response;
            },
            new WaitOptions { Timeout = TimeSpan.FromMinutes(1) }
        );
        Assert.Equal(LinkedInErrorId.WaitTimedOut, Assert.Single(_recorder.Errors).Id);
        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(71));
    }

    [Fact]
    public async Task Wait_Canceled_EndsImmediately()
    {
        using var stop = new CancellationTokenSource();
        using LinkedInClient client = Client(_ => Status("PROCESSING"));
        ExportWaiter waiter = client.CreateWaiter(new WaitOptions());
        var input = new InputBuffer<ExportJob>();
        input.Add(Job(1));
        Task run = waiter.WaitAsync(input.ReadAllAsync(), _recorder, stop.Token).RecordAsync(_recorder);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(_recorder.Errors);
    }

    private static CrmValidationExportJob Job(long id) =>
        new()
        {
            JobId = id,
            CrmInstanceId = EmulatorFixture.Crm,
            ExportStartAt = EmulatorFixture.Start,
        };

    private static SalesAnalyticsExportJob Sales(long id) =>
        new(ExportType.Seat) { JobId = id, Contract = "urn:li:contract:7001" };

    private static HttpResponseMessage Status(string status) => FakeHttpHandler.Json($$"""{"status":"{{status}}"}""");

    private async Task WaitAsync(ExportJob[] jobs, Func<long, HttpResponseMessage> answer, WaitOptions? options = null)
    {
        using LinkedInClient client = Client(answer);
        ExportWaiter waiter = client.CreateWaiter(options ?? new WaitOptions());
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in jobs)
            input.Add(job);
        input.CompleteAdding();
        await _time.RunAsync(() =>
            waiter.WaitAsync(input.ReadAllAsync(), _recorder, CancellationToken.None).RecordAsync(_recorder)
        );
    }

    private LinkedInClient Client(Func<long, HttpResponseMessage> answer) =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                Time = _time,
                Random = new ConstantRandom(0.5),
                Retry = new RetryOptions(),
                HttpHandler = new FakeHttpHandler(request =>
                {
                    lock (_requests)
                        _requests.Add((_time.GetUtcNow(), request.RequestUri!.PathAndQuery));
                    return answer(
                        long.Parse(request.RequestUri!.Segments[^1], System.Globalization.CultureInfo.InvariantCulture)
                    );
                }),
            }
        );
}
