using System.Globalization;
using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>The next run after one that created a job which LinkedIn no longer returns.</summary>
public sealed class SliceJobCreatorTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TempFolder _folder = new();
    private HttpStatusCode _lookup = HttpStatusCode.OK;
    private HttpStatusCode _creation = HttpStatusCode.Created;
    private int _requests;
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

    [Theory]
    [InlineData(false)] // While it waits to repeat a request that LinkedIn did not process.
    [InlineData(true)] // Before the request is sent.
    public async Task RunAsync_CanceledBeforeARequestIsProcessed_RestoresTheCheckpoint(bool waitsForToken)
    {
        using var stop = new CancellationTokenSource();
        using ITimer timer = _time.CreateTimer(_ => stop.Cancel(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _creation = HttpStatusCode.TooManyRequests;
        using LinkedInClient client = Connect(
            new RetryOptions { BaseDelay = TimeSpan.FromMinutes(1) },
            waitsForToken ? new SlowTokenSource(_time) : null
        );
        var run = new DailyExportFixture(client, _folder.Path);

        Task creating = run.CrmAsync(EmulatorFixture.Start, cancellationToken: stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _time.RunAsync(creating));

        Assert.True(run.CrmSeries.IsEmpty);
        Assert.Equal(waitsForToken ? 0 : 1, _requests);
    }

    private LinkedInClient Connect(RetryOptions? retry = null, IAccessTokenSource? tokens = null) =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = tokens ?? new StaticTokenSource("the-token"),
                Retry = retry ?? new RetryOptions { MaxRetries = 0 },
                Time = _time,
                HttpHandler = new FakeHttpHandler(Answer),
            }
        );

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Get)
            return FakeHttpHandler.Json("""{"status":"PROCESSING"}""", _lookup);
        _requests++;
        if (_creation != HttpStatusCode.Created)
            return FakeHttpHandler.Json("{}", _creation);
        HttpResponseMessage response = FakeHttpHandler.Json("{}", HttpStatusCode.Created);
        response.Headers.Add("X-RestLi-Id", (++_jobs).ToString(CultureInfo.InvariantCulture));
        return response;
    }

    /// <summary>A source that waits for a token.</summary>
    private sealed class SlowTokenSource(TimeProvider time) : IAccessTokenSource
    {
        public async Task<AccessToken> GetTokenAsync(IDiagnostics diagnostics, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), time, cancellationToken);
            throw new InvalidOperationException("The test did not stop the command.");
        }

        public Task<bool> RenewAsync(AccessToken rejectedToken, IDiagnostics diagnostics, CancellationToken cancellationToken) =>
            Task.FromResult(false);
    }
}
