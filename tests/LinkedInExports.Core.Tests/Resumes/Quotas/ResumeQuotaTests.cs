using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Quotas;

public sealed class ResumeQuotaTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingOutput _recorder = new();
    private readonly FakeQuotaStore _store = new();

    /// <summary>Of 10 requests, 2 are for a file, and the rest for batches of 5 records.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(39, true)]
    [InlineData(40, false)]
    public async Task ReserveUploadAsync_PendingRecords_LeavesRequestsForTheirBatches(int pending, bool isPossible)
    {
        ResumeQuota quota = Create(batchSize: 5);
        quota.AddPendingRecords(pending);
        Assert.Equal(isPossible, await CanReserveAsync(quota));
        quota.AddPendingRecords(-pending);
        Assert.True(await CanReserveAsync(quota));
    }

    [Fact]
    public async Task ReserveUploadAsync_NothingPending_LeavesARequestForTheBatchOfTheFile()
    {
        ResumeQuota quota = Create(batchSize: 5);
        for (int request = 0; request < 8; request++)
            await quota.Requests.AcquireAsync(null, _recorder, default);
        Assert.False(await CanReserveAsync(quota));
    }

    [Fact]
    public async Task ReserveUploadAsync_RunWithoutBatches_LeavesNone()
    {
        ResumeQuota quota = Create(batchSize: null);
        quota.AddPendingRecords(1000);
        for (int request = 0; request < 8; request++)
            await quota.Requests.AcquireAsync(null, _recorder, default);
        Assert.True(await CanReserveAsync(quota));
    }

    [Fact]
    public async Task Create_BatchesOfAnEarlierProcess_CountForTheRestOfTheirMinute()
    {
        _store.Recent = [(60, TimeSpan.FromSeconds(50)), (40, TimeSpan.FromSeconds(20))];
        ResumeQuota quota = Create(batchSize: 5);
        DateTimeOffset start = _time.GetUtcNow();
        await _time.RunAsync(quota.Records.AcquireAsync(60, default));
        Assert.Equal(TimeSpan.FromSeconds(10), _time.GetUtcNow() - start);
    }

    private ResumeQuota Create(int? batchSize) => new(new ResumeQuota(100, 10, _time), _store, batchSize, waitsForNextDay: false);

    private async Task<bool> CanReserveAsync(ResumeQuota quota)
    {
        try
        {
            (await quota.ReserveUploadAsync(_recorder, default)).Dispose();
            return true;
        }
        catch (LinkedInException error) when (error.Id == LinkedInErrorId.DailyQuotaExceeded)
        {
            return false;
        }
    }
}
