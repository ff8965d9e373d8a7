using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>The quota usage of a run counts in the next one.</summary>
public sealed class ResumeLedgerQuotaTests
{
    [Fact]
    public async Task Quota_UsageSavedAhead_CountsInNextRunUnlessFlushed()
    {
        using var file = new LedgerFixture();
        var connection = new ResumeQuota(100, 1000, file.Time);
        using (ResumeLedger ledger = file.Open())
        {
            DailyRequestQuota quota = new ResumeQuota(connection, ledger, batchSize: null, waitsForNextDay: false).Requests;
            await quota.AcquireAsync(null, new RecordingOutput(), default);
            CandidateResumeSync status = CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow());
            Assert.Equal((100, 1000), (status.RequestsToday, status.RequestsPerDay));
            Assert.Equal((1, 1), (quota.UsedToday, connection.Requests.UsedToday));
        }

        using (ResumeLedger ledger = file.Open())
        {
            DailyRequestQuota quota = new ResumeQuota(connection, ledger, batchSize: null, waitsForNextDay: false).Requests;
            Assert.Equal((100, false), (quota.UsedToday, quota.WaitsForNextDay));
            await quota.AcquireAsync(null, new RecordingOutput(), default);
            quota.Flush();
        }

        using ResumeLedger last = file.Open();
        DailyRequestQuota waiting = new ResumeQuota(connection, last, batchSize: null, waitsForNextDay: true).Requests;
        Assert.Equal((101, true), (waiting.UsedToday, waiting.WaitsForNextDay));
    }

    [Theory]
    [InlineData(45, 15)]
    [InlineData(60, 0)]
    [InlineData(-3600, 60)] // The clock was set back, so the elapsed time is unknown.
    public async Task Quota_RecentBatchesOfEarlierRun_DelayRecords(int secondsAgo, int wait)
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(LedgerEntry.ForBatch(isAnswered: true, 100));
        var time = new FakeTimeProvider(file.Time.GetUtcNow().AddSeconds(secondsAgo));
        Assert.Equal(TimeSpan.FromSeconds(wait), await WaitAsync(file, time));
    }

    [Fact]
    public async Task Quota_UnansweredBatchOfEarlierRun_DelaysForOneMinute()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(LedgerEntry.ForBatch(isAnswered: false, 100));
        Assert.Equal(TimeSpan.FromSeconds(60), await WaitAsync(file, new FakeTimeProvider(file.Time.GetUtcNow().AddHours(1))));
    }

    /// <summary>Gets the time that the next run waits before it sends the records of a full minute.</summary>
    private static async Task<TimeSpan> WaitAsync(LedgerFixture file, FakeTimeProvider time)
    {
        DateTimeOffset start = time.GetUtcNow();
        var quota = new ResumeQuota(100, 1000, time);
        using (var ledger = ResumeLedger.Open(FileSystem.Real, file.Folder, LedgerFixture.Api, time))
            _ = new ResumeQuota(quota, ledger, batchSize: null, waitsForNextDay: false);
        await time.RunAsync(quota.Records.AcquireAsync(100, default));
        return time.GetUtcNow() - start;
    }
}
