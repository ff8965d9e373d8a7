using System.Globalization;
using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>The next run after one that created a job which LinkedIn no longer returns.</summary>
public sealed class SliceJobCreatorTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TempFolder _folder = new();
    private HttpStatusCode _lookup = HttpStatusCode.OK;
    private int _jobs;

    public void Dispose() => _folder.Dispose();

    /// <summary>LinkedIn keeps a job for a week. Until then, 400 and 403 do not show that it has deleted the job.</summary>
    [Theory]
    [InlineData(404, 0, true)]
    [InlineData(410, 0, true)]
    [InlineData(400, 0, false)]
    [InlineData(400, 7.0, false)]
    [InlineData(400, 7.1, true)]
    [InlineData(403, 7.0, false)]
    [InlineData(403, 7.1, true)]
    [InlineData(500, 8, false)]
    public async Task RunAsync_LookupFails_CreatesAJobOnlyIfLinkedInHasDeletedTheOtherOne(int status, double days, bool isDeleted)
    {
        using LinkedInClient client = Connect();
        var run = new DailyExportFixture(client, _folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        Slice before = Assert.Single(run.CrmSeries.Slices);

        _time.Advance(TimeSpan.FromDays(days));
        _lookup = (HttpStatusCode)status;
        await run.NewCrmAsync(EmulatorFixture.Start);

        Slice after = Assert.Single(run.CrmSeries.Slices);
        Assert.Equal(isDeleted ? 2 : 1, _jobs);
        if (isDeleted)
        {
            Assert.Equal((before.StartAt, 2L, _time.GetUtcNow()), (after.StartAt, after.JobId, after.CreatedAt));
            Assert.Equal(2, Assert.Single(run.Jobs).JobId);
            Assert.Contains("keeps jobs for a week", Assert.Single(run.Recorder.Warnings), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(before, after);
            Assert.Equal(status, Assert.Single(run.Recorder.Errors).StatusCode);
        }
    }

    [Fact]
    public async Task RunAsync_Canceled_DoesNotWriteTheCheckpoint()
    {
        using LinkedInClient client = Connect();
        var run = new DailyExportFixture(client, _folder.Path);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            run.CrmAsync(EmulatorFixture.Start, cancellationToken: new CancellationToken(canceled: true))
        );
        Assert.Equal(0, _jobs);
        Assert.True(run.CrmSeries.IsEmpty);
    }

    private LinkedInClient Connect() =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("the-token"),
                Retry = new RetryOptions { MaxRetries = 0 },
                Time = _time,
                HttpHandler = new FakeHttpHandler(Answer),
            }
        );

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Get)
            return FakeHttpHandler.Json("""{"status":"PROCESSING"}""", _lookup);
        HttpResponseMessage response = FakeHttpHandler.Json("{}", HttpStatusCode.Created);
        response.Headers.Add("X-RestLi-Id", (++_jobs).ToString(CultureInfo.InvariantCulture));
        return response;
    }
}
