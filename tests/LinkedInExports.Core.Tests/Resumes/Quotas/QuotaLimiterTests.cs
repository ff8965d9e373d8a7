using System.Net;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Quotas;

/// <summary>The requests of a run in its quotas: batches, upload links and uploads.</summary>
public sealed class QuotaLimiterTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 6, 23, 0, 0, TimeSpan.Zero));
    private readonly RecordingOutput _recorder = new();
    private readonly FakeQuotaStore _store = new();
    private readonly ResumeQuota _connection;

    public QuotaLimiterTests() => _connection = new ResumeQuota(100, 10, _time);

    [Fact]
    public async Task AcquireAsync_Batch_IsSavedBeforeItIsSentAndAfterItsResponse()
    {
        IRequestLimiter limiter = Create().LimitBatch(7);
        RequestLease lease = await limiter.AcquireAsync(_recorder, default);
        Assert.Equal(["begin 7"], _store.Batches);
        lease.Dispose();
        Assert.Equal(["begin 7", "end 7"], _store.Batches);
        Assert.Equal(1, _connection.Requests.UsedToday);
    }

    [Fact]
    public async Task AcquireAsync_OfAConnectionWithoutStore_Counts()
    {
        using (await _connection.LimitBatch(100).AcquireAsync(_recorder, default)) { }
        Assert.Equal(1, _connection.Requests.UsedToday);
        Assert.False(_connection.Records.AcquireAsync(1, default).IsCompleted);
    }

    [Fact]
    public async Task AcquireAsync_Upload_CountsRequestsAndNoRecords()
    {
        ResumeQuota quota = Create();
        using (UploadReservation upload = await quota.ReserveUploadAsync(_recorder, default))
        {
            using (await upload.LinkRequest.AcquireAsync(_recorder, default)) { }
            using (await upload.Upload.AcquireAsync(_recorder, default)) { }
        }

        Assert.Equal(2, _connection.Requests.UsedToday);
        Assert.Empty(_store.Batches);
        Assert.True(quota.Records.AcquireAsync(100, default).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AcquireAsync_OfReservation_TakesFromItAndDisposingReturnsTheRest()
    {
        ResumeQuota quota = Create();
        UploadReservation[] uploads =
        [
            .. await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => quota.ReserveUploadAsync(_recorder, default))),
        ];
        await Assert.ThrowsAsync<LinkedInException>(() => quota.ReserveUploadAsync(_recorder, default));
        using (await uploads[0].LinkRequest.AcquireAsync(_recorder, default)) { }
        await Assert.ThrowsAsync<LinkedInException>(() => quota.LimitBatch(1).AcquireAsync(_recorder, default));
        uploads[0].Dispose();
        using (await quota.LimitBatch(1).AcquireAsync(_recorder, default)) { }
        await Assert.ThrowsAsync<LinkedInException>(() => quota.LimitBatch(1).AcquireAsync(_recorder, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AcquireAsync_StoreFails_ReleasesTheRecords(bool failsAtBegin)
    {
        ResumeQuota quota = Create();
        await quota.Requests.AcquireAsync(null, _recorder, default); // Saves the usage ahead.
        RequestLease? lease = null;
        if (!failsAtBegin)
            lease = await quota.LimitBatch(100).AcquireAsync(_recorder, default);
        _store.IsFull = true;
        if (failsAtBegin)
            await Assert.ThrowsAsync<LinkedInException>(() => quota.LimitBatch(100).AcquireAsync(_recorder, default));
        else
            Assert.Throws<LinkedInException>(lease!.Dispose);

        _store.IsFull = false;
        DateTimeOffset start = _time.GetUtcNow();
        Task<RequestLease> next = quota.LimitBatch(100).AcquireAsync(_recorder, default);
        await _time.RunAsync(next);
        Assert.Equal(TimeSpan.FromMinutes(1), _time.GetUtcNow() - start); // They may have been sent.
    }

    [Fact]
    public async Task Dispose_ResponseOfTheNextDay_CountsForBothDays()
    {
        RequestLease lease = await Create().LimitBatch(1).AcquireAsync(_recorder, default);
        lease.RecordResponse(Response(_time.GetUtcNow().AddHours(2)));
        lease.Dispose();
        Assert.Equal(2, _store.Saved.Select(entry => entry.Day).Distinct().Count());
        Assert.Equal(1, _connection.Requests.UsedToday); // The clock follows the response to the next day.
        Assert.Equal(_time.GetUtcNow().AddHours(2), _connection.Clock.Now);
    }

    [Fact]
    public async Task Dispose_WithoutResponse_CountsForTheDayOnWhichItEnds()
    {
        RequestLease lease = await Create().LimitBatch(1).AcquireAsync(_recorder, default);
        _time.Advance(TimeSpan.FromHours(2));
        lease.Dispose();
        Assert.Equal(1, _connection.Requests.UsedToday);
    }

    [Fact]
    public async Task RecordResponse_OfTheHostOfALink_DoesNotSetTheClock()
    {
        using UploadReservation upload = await Create().ReserveUploadAsync(_recorder, default);
        using (RequestLease lease = await upload.Upload.AcquireAsync(_recorder, default))
            lease.RecordResponse(Response(_time.GetUtcNow().AddHours(2)));
        Assert.Equal(_time.GetUtcNow(), _connection.Clock.Now);

        using (RequestLease lease = await upload.LinkRequest.AcquireAsync(_recorder, default))
            lease.RecordResponse(Response(_time.GetUtcNow().AddMinutes(2)));
        Assert.Equal(_time.GetUtcNow().AddMinutes(2), _connection.Clock.Now);
    }

    private ResumeQuota Create() => new(_connection, _store, batchSize: null, waitsForNextDay: false);

    private static HttpResponseMessage Response(DateTimeOffset date)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK);
        response.Headers.Date = date;
        return response;
    }
}
