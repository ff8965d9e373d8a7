using System.Net;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>Polls that fail or take long.</summary>
[Collection(nameof(Alone))]
public sealed class ExportWaiterOutageTests
{
    private readonly ExportWaiterFixture _waiter = new();

    [Fact]
    public async Task WaitAsync_TransientFailures_Continues()
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1)],
            _ =>
                (_waiter.Time.GetUtcNow() - start).TotalMinutes switch
                {
                    < 10 => ExportWaiterFixture.CreateStatus("PROCESSING"),
                    < 11 => FakeHttpHandler.Json("", HttpStatusCode.BadGateway),
                    _ => ExportWaiterFixture.CreateStatus("COMPLETED"),
                }
        );
        Assert.Single(_waiter.Recorder.Outputs);
        Assert.Empty(_waiter.Recorder.Errors);
        Assert.NotEmpty(_waiter.Recorder.Warnings);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(0, 150)]
    [InlineData(90, 150)]
    [InlineData(200, 150)]
    public async Task WaitAsync_OutageWithinTheTimeout_OutputsTheJob(int after, int seconds)
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1)],
            _ =>
                (_waiter.Time.GetUtcNow() - start).TotalSeconds is var at && at >= after && at < after + seconds
                    ? FakeHttpHandler.Json("", HttpStatusCode.ServiceUnavailable)
                    : ExportWaiterFixture.CreateStatus(at < after ? "PROCESSING" : "COMPLETED"),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(6) }
        );
        Assert.Single(_waiter.Recorder.Outputs);
        Assert.Empty(_waiter.Recorder.Errors);
        Assert.Contains("Polling continues", Assert.Single(_waiter.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Contains(
            _waiter.Recorder.VerboseLines,
            line => line.StartsWith("LinkedIn is responding again after", StringComparison.Ordinal)
        );
        Assert.InRange(
            _waiter.Time.GetUtcNow() - start,
            TimeSpan.FromSeconds(after + seconds),
            TimeSpan.FromSeconds(after + seconds + 60)
        );
    }

    [Fact]
    public async Task WaitAsync_UnexpectedException_IsTheErrorOfItsJobOnly()
    {
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1), ExportWaiterFixture.CreateJob(2), ExportWaiterFixture.CreateJob(3)],
            id => id == 2 ? throw new InvalidCastException("a defect") : ExportWaiterFixture.CreateStatus("COMPLETED")
        );
        LinkedInException error = Assert.Single(_waiter.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.InternalError, "2"), (error.Id, error.Target));
        Assert.Equal([1, 3], _waiter.Recorder.Outputs.Cast<ExportJob>().Select(job => job.JobId).Order());
    }

    [Fact]
    public async Task WaitAsync_OutageOfManyJobs_WarnsOnce()
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        await _waiter.WaitAsync(
            [.. Enumerable.Range(1, 20).Select(id => ExportWaiterFixture.CreateJob(id))],
            _ =>
                _waiter.Time.GetUtcNow() - start < TimeSpan.FromMinutes(3)
                    ? FakeHttpHandler.Json("", HttpStatusCode.BadGateway)
                    : ExportWaiterFixture.CreateStatus("COMPLETED")
        );
        Assert.Equal(20, _waiter.Recorder.Outputs.Length);
        Assert.Single(_waiter.Recorder.Warnings);
    }

    [Fact]
    public async Task WaitAsync_OutageLongerThanTheTimeout_TimesOutWithTheReason()
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1)],
            _ => throw new HttpRequestException("Connection refused"),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(6) }
        );
        LinkedInException error = Assert.Single(_waiter.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.WaitTimedOut, "1"), (error.Id, error.Target));
        Assert.Contains("Connection refused", error.Message, StringComparison.Ordinal);
        Assert.Equal(LinkedInErrorId.ConnectionFailed, Assert.IsType<LinkedInException>(error.InnerException).Id);
        Assert.InRange(_waiter.Time.GetUtcNow() - start, TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(6.2));
    }

    [Fact]
    public async Task WaitAsync_SlowPoll_DelaysNoOtherJob()
    {
        // The requests for the first job fail and are retried. The second job completes in the meantime.
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        var ready = new List<(long Id, TimeSpan At)>();
        _waiter.Recorder.OnMessage = (stream, content) =>
        {
            if (stream == "Output")
                ready.Add((((ExportJob)content).JobId, _waiter.Time.GetUtcNow() - start));
        };
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1), ExportWaiterFixture.CreateJob(2)],
            id =>
                id == 1 && _waiter.Time.GetUtcNow() - start < TimeSpan.FromSeconds(12)
                    ? FakeHttpHandler.Json("", HttpStatusCode.BadGateway)
                    : ExportWaiterFixture.CreateStatus(
                        id == 1 || _waiter.Time.GetUtcNow() - start >= TimeSpan.FromSeconds(5) ? "COMPLETED" : "PROCESSING"
                    )
        );
        Assert.Equal([2, 1], ready.Select(job => job.Id));
        Assert.InRange(ready[0].At, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task WaitAsync_SlowPoll_IsBoundedByTimeout()
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(1)],
            _ =>
            {
                HttpResponseMessage response = FakeHttpHandler.Json("", HttpStatusCode.TooManyRequests);
                response.Headers.Add("Retry-After", "300");
                return response;
            },
            new WaitOptions { Timeout = TimeSpan.FromMinutes(1) }
        );
        Assert.Equal(LinkedInErrorId.WaitTimedOut, Assert.Single(_waiter.Recorder.Errors).Id);
        Assert.InRange(_waiter.Time.GetUtcNow() - start, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(71));
    }
}
