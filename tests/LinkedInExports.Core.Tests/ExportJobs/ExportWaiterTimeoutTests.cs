using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>Jobs that wait in a queue, and limits on the time to wait.</summary>
[Collection(nameof(Alone))]
public sealed class ExportWaiterTimeoutTests
{
    private readonly ExportWaiterFixture _waiter = new();

    [Fact]
    public async Task WaitAsync_Timeout_ReportsErrorWithResumeCommand()
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(7)],
            _ => ExportWaiterFixture.CreateStatus("PROCESSING"),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(30) }
        );

        LinkedInException error = Assert.Single(_waiter.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.WaitTimedOut, "7"), (error.Id, error.Target));
        Assert.Contains("PROCESSING", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"Get-CrmValidationExportJob -JobId 7 -CrmInstanceId '{EmulatorFixture.Crm}' | Wait-ExportJob",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(_waiter.Recorder.Outputs);
        Assert.Equal(start.AddMinutes(30), _waiter.Time.GetUtcNow());
        Assert.Equal(start.AddMinutes(30), _waiter.Requests[^1].At);
    }

    [Fact]
    public async Task WaitAsync_TimeoutZero_PollsOnce()
    {
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(7)],
            _ => ExportWaiterFixture.CreateStatus("PROCESSING"),
            new WaitOptions { Timeout = TimeSpan.Zero }
        );
        Assert.Single(_waiter.Requests);
        Assert.Equal(LinkedInErrorId.WaitTimedOut, Assert.Single(_waiter.Recorder.Errors).Id);
    }

    [Theory]
    [InlineData("ENQUEUED", 7, 9)]
    [InlineData("PROCESSING", 35, 41)] // It does not say that they wait: it may take them in another order.
    public async Task WaitAsync_QueuedJobs_ArePolledRarelyUntilTheirTurn(string status, int atLeast, int atMost)
    {
        // Five jobs of ten minutes each, one after the other, as LinkedIn runs them.
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        ExportJob[] jobs = [.. Enumerable.Range(1, 5).Select(id => ExportWaiterFixture.CreateSalesJob(id))];
        await _waiter.WaitAsync(
            jobs,
            id =>
                ExportWaiterFixture.CreateStatus(
                    (_waiter.Time.GetUtcNow() - start).TotalMinutes - (10 * id) is var since && since >= 0 ? "COMPLETED"
                    : since >= -10 ? "PROCESSING"
                    : status
                ),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(15) }
        );

        Assert.Equal([1, 2, 3, 4, 5], _waiter.Recorder.Outputs.Cast<ExportJob>().Select(job => job.JobId));
        Assert.Empty(_waiter.Recorder.Warnings);
        Assert.InRange(_waiter.Time.GetUtcNow() - start, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(53));
        var asked = _waiter
            .Requests.Where(request => request.Line.Contains("/5?", StringComparison.Ordinal))
            .Select(request => request.At - start)
            .ToArray();
        Assert.InRange(asked.Count(at => at < TimeSpan.FromMinutes(39)), atLeast, atMost);
    }

    [Fact]
    public async Task WaitAsync_QueuedJobNeverStarts_TimesOut()
    {
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateSalesJob(1), ExportWaiterFixture.CreateSalesJob(2)],
            id => ExportWaiterFixture.CreateStatus(id == 1 ? "COMPLETED" : "ENQUEUED"),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(15) }
        );
        LinkedInException error = Assert.Single(_waiter.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.WaitTimedOut, "2"), (error.Id, error.Target));
        Assert.Contains(
            "Get-SalesAnalyticsExportJob -JobId 2 -Contract urn:li:contract:7001 -ExportType Seat | Wait-ExportJob",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task WaitAsync_StopAfter_EndsQueuedJobsToo()
    {
        DateTimeOffset start = _waiter.Time.GetUtcNow();
        await _waiter.WaitAsync(
            [.. Enumerable.Range(1, 5).Select(id => ExportWaiterFixture.CreateSalesJob(id))],
            id =>
                ExportWaiterFixture.CreateStatus(
                    id == 1 ? "COMPLETED"
                    : id == 2 ? "PROCESSING"
                    : "ENQUEUED"
                ),
            new WaitOptions { StopAfter = TimeSpan.FromMinutes(20.5) }
        );

        Assert.Single(_waiter.Recorder.Outputs);
        Assert.Equal(["2", "3", "4", "5"], _waiter.Recorder.Errors.Select(error => error.Target).Order());
        Assert.All(_waiter.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.WaitTimedOut, error.Id));
        Assert.All(
            _waiter.Recorder.Errors,
            error => Assert.Contains("is not finished after 00:20:30", error.Message, StringComparison.Ordinal)
        );
        Assert.Equal(start.AddMinutes(20.5), _waiter.Time.GetUtcNow());
    }

    [Fact]
    public async Task WaitAsync_TimeoutAndStopAfter_ShorterOneCounts()
    {
        await _waiter.WaitAsync(
            [ExportWaiterFixture.CreateJob(7)],
            _ => ExportWaiterFixture.CreateStatus("PROCESSING"),
            new WaitOptions { Timeout = TimeSpan.FromMinutes(2), StopAfter = TimeSpan.FromMinutes(3) }
        );
        Assert.Contains(
            "is not finished after 00:02:00",
            Assert.Single(_waiter.Recorder.Errors).Message,
            StringComparison.Ordinal
        );
    }
}
