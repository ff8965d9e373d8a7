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
    private readonly ExportWaiterFixture _waiter = new();

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    [InlineData(7200)]
    public async Task WaitAsync_JobOfAnyDuration_EndsSoonWithFewPolls(int seconds)
    {
        DateTimeOffset end = _waiter.Time.GetUtcNow().AddSeconds(seconds);
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1)],
            _ => ExportWaiterFixture.CreateStatus(_waiter.Time.GetUtcNow() >= end ? "COMPLETED" : "PROCESSING")
        );

        Assert.Equal(1, Assert.IsType<CrmValidationExportJob>(Assert.Single(_waiter.Recorder.Outputs)).JobId);
        Assert.InRange(_waiter.Time.GetUtcNow() - end, TimeSpan.Zero, TimeSpan.FromSeconds(72));
        Assert.InRange(_waiter.Requests.Count, 1, 179);
        Assert.Empty(_waiter.Recorder.Warnings);
    }

    [Fact]
    public async Task WaitAsync_NewJob_PollsImmediately()
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        await _waiter.WaitAsync([ExportWaiterFixture.CreateJob(1)], _ => ExportWaiterFixture.CreateStatus("COMPLETED"));
        Assert.Equal(start, Assert.Single(_waiter.Requests).At);
    }

    [Fact]
    public async Task WaitAsync_SeveralJobs_EmitsEachWhenCompleted()
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(3), ExportWaiterFixture.CreateJob(1), ExportWaiterFixture.CreateJob(2)],
            id => ExportWaiterFixture.CreateStatus(_waiter.Time.GetUtcNow() >= start.AddMinutes(id) ? "COMPLETED" : "PROCESSING")
        );
        Assert.Equal([1, 2, 3], _waiter.Recorder.Outputs.Cast<ExportJob>().Select(job => job.JobId));
    }

    [Fact]
    public async Task WaitAsync_CompletedJob_SendsNoRequest()
    {
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1) with { Status = "COMPLETED" }],
            _ => throw new InvalidOperationException("asked")
        );
        Assert.Single(_waiter.Recorder.Outputs);
        Assert.Empty(_waiter.Requests);
    }

    [Fact]
    public async Task WaitAsync_FixedInterval_PollsAtThatInterval()
    {
        DateTimeOffset end = _waiter.Time.GetUtcNow().AddSeconds(100);
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1)],
            _ => ExportWaiterFixture.CreateStatus(_waiter.Time.GetUtcNow() >= end ? "COMPLETED" : "PROCESSING"),
            new WaitOptions { PollInterval = TimeSpan.FromSeconds(20) }
        );
        Assert.Equal(6, _waiter.Requests.Count);
    }

    [Fact]
    public async Task WaitAsync_FailedJob_ReportsErrorAndWaitsForOthers()
    {
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1), ExportWaiterFixture.CreateJob(2)],
            id => ExportWaiterFixture.CreateStatus(id == 1 ? "FAILED_DUE_TO_INTERNAL_ERROR" : "COMPLETED")
        );
        LinkedInException error = Assert.Single(_waiter.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.ExportJobFailed, "1"), (error.Id, error.Target));
        Assert.Contains("FAILED_DUE_TO_INTERNAL_ERROR", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, ((ExportJob)Assert.Single(_waiter.Recorder.Outputs)).JobId);
    }

    [Fact]
    public async Task WaitAsync_UnknownStatus_WarnsOnceAndWaits()
    {
        DateTimeOffset end = _waiter.Time.GetUtcNow().AddMinutes(5);
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1)],
            _ => ExportWaiterFixture.CreateStatus(_waiter.Time.GetUtcNow() >= end ? "COMPLETED" : "VALIDATING")
        );
        Assert.Contains("'VALIDATING'", Assert.Single(_waiter.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Single(_waiter.Recorder.Outputs);
    }

    [Fact]
    public async Task WaitAsync_UnknownJob_ReportsErrorAndWaitsForOthers()
    {
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1), ExportWaiterFixture.CreateJob(2)],
            id => id == 1 ? FakeHttpHandler.Json("{}", HttpStatusCode.NotFound) : ExportWaiterFixture.CreateStatus("COMPLETED")
        );
        Assert.Equal(
            (LinkedInErrorId.NotFound, "1"),
            (Assert.Single(_waiter.Recorder.Errors).Id, _waiter.Recorder.Errors[0].Target)
        );
        Assert.Single(_waiter.Recorder.Outputs);
    }

    /// <summary>The input ends at any moment relative to the start of a delay.</summary>
    [Fact]
    public async Task WaitAsync_InputThatEndsAtAnyMoment_NeverThrows()
    {
        using LinkedInClient client = new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                HttpHandler = new FakeHttpHandler(_ => ExportWaiterFixture.CreateStatus("COMPLETED")),
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
                return waiter
                    .WaitAsync(input.ReadAllAsync(), _waiter.Recorder, CancellationToken.None)
                    .RecordAsync(_waiter.Recorder);
            });
            SpinWait.SpinUntil(() => Volatile.Read(ref state) == 1);
            if (run % 2 == 0)
            {
                input.Add(
                    run % 4 == 0
                        ? ExportWaiterFixture.CreateJob(1)
                        : ExportWaiterFixture.CreateJob(1) with
                        {
                            Status = "COMPLETED",
                        }
                );
                expected++;
            }

            Volatile.Write(ref state, 2);
            Thread.SpinWait(run % 97);
            input.CompleteAdding();
            await waiting.WaitAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(expected, _waiter.Recorder.Outputs.Length);
        Assert.Empty(_waiter.Recorder.Errors);
    }

    [Fact]
    public async Task WaitAsync_StartMovedByLinkedIn_Warns()
    {
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1)],
            _ => FakeHttpHandler.Json("""{"jobId":1,"status":"COMPLETED","exportStartAt":1538947151337}""")
        );
        Assert.Contains("exports from 2018-10-07", Assert.Single(_waiter.Recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAsync_JobsAddedLater_AreWaitedFor()
    {
        using LinkedInClient client = _waiter.Connect(_ => ExportWaiterFixture.CreateStatus("COMPLETED"));
        ExportWaiter waiter = client.CreateWaiter(new WaitOptions());
        var input = new InputBuffer<ExportJob>();
        input.Add(ExportWaiterFixture.CreateJob(1));
        Task run = waiter.WaitAsync(input.ReadAllAsync(), _waiter.Recorder, CancellationToken.None).RecordAsync(_waiter.Recorder);
        Assert.True(SpinWait.SpinUntil(() => _waiter.Recorder.Outputs.Length == 1, TimeSpan.FromSeconds(10)));
        Assert.False(run.IsCompleted);

        input.Add(ExportWaiterFixture.CreateJob(2));
        input.CompleteAdding();
        await _waiter.Time.RunAsync(() => run);
        Assert.Equal([1, 2], _waiter.Recorder.Outputs.Cast<ExportJob>().Select(job => job.JobId));
    }

    [Fact]
    public async Task WaitAsync_ThousandJobs_ShareOneScheduler()
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        ExportJob[] jobs = [.. Enumerable.Range(1, 1000).Select(id => ExportWaiterFixture.CreateJob(id))];
        await _waiter.WaitAsync(
            jobs,
            id =>
                ExportWaiterFixture.CreateStatus(
                    _waiter.Time.GetUtcNow() >= start.AddSeconds(7 * id % 7200) ? "COMPLETED" : "PROCESSING"
                )
        );
        Assert.Equal(1000, _waiter.Recorder.Outputs.Length);
        Assert.InRange(_waiter.Requests.Count, 1000, 150_000);
    }

    [Fact]
    public async Task WaitAsync_Canceled_EndsImmediately()
    {
        using var stop = new CancellationTokenSource();
        using LinkedInClient client = _waiter.Connect(_ => ExportWaiterFixture.CreateStatus("PROCESSING"));
        ExportWaiter waiter = client.CreateWaiter(new WaitOptions());
        var input = new InputBuffer<ExportJob>();
        input.Add(ExportWaiterFixture.CreateJob(1));
        Task run = waiter.WaitAsync(input.ReadAllAsync(), _waiter.Recorder, stop.Token).RecordAsync(_waiter.Recorder);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(_waiter.Recorder.Errors);
    }
}
