using LinkedInExports.Emulator.Quotas;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Tests.Quotas;

/// <summary>Records per minute and requests per day.</summary>
public sealed class EmulatedResumeQuotaTests
{
    [Fact]
    public async Task RecordQuota_SlidingWindow_CountsAny60Seconds()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            RecordsPerMinute = 5,
        });
        string file = await wire.UploadAsync(WireFixture.Resume);
        wire.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await wire.WriteAsync(file, "a", "b", "c")).Status);
        wire.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await wire.DeleteAsync(WireFixture.Query(("a", "a"), ("b", "b")))).Status);
        WireFixture.Reply refused = await wire.WriteAsync(file, "d");
        Assert.Equal(429, refused.Status);
        Assert.Equal(
            """{"message":"Resource level throttle limit for calls to this resource is reached.","""
                + "\"serviceErrorCode\":101,\"status\":429}",
            refused.Body
        );
        Assert.Null(refused.Header("Retry-After"));
        Assert.Equal(6, wire.Emulator.Quota.MostRecordsInOneMinute);

        wire.Time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.Equal(429, (await wire.WriteAsync(file, "d")).Status);
        wire.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(429, (await wire.WriteAsync(file, "d", "e", "f", "g")).Status);
        Assert.Equal(200, (await wire.WriteAsync(file, "d", "e", "f")).Status);
        Assert.Equal(
            (3L, 3L, 0L, 8L),
            (
                wire.Emulator.Quota.RefusedByQuota,
                wire.Emulator.Quota.RefusedByMinute,
                wire.Emulator.Quota.RefusedByDay,
                wire.Emulator.Quota.Records
            )
        );
    }

    [Fact]
    public async Task RecordQuota_FixedWindow_CountsClockMinute()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            RecordsPerMinute = 5,
            QuotaWindow = QuotaWindow.Fixed,
            QuotaRetryAfter = QuotaRetryAfter.Seconds,
        });
        string file = await wire.UploadAsync(WireFixture.Resume);
        wire.Time.Advance(TimeSpan.FromSeconds(58.5));
        Assert.Equal(200, (await wire.WriteAsync(file, "a", "b", "c", "d", "e")).Status);
        WireFixture.Reply refused = await wire.WriteAsync(file, "f");
        Assert.Equal((429, "2"), (refused.Status, refused.Header("Retry-After")));
        wire.Time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(200, (await wire.WriteAsync(file, "f", "g", "h", "i", "j")).Status);
        Assert.Equal((11, 1L), (wire.Emulator.Quota.MostRecordsInOneMinute, wire.Emulator.Quota.RefusedByQuota));
    }

    [Fact]
    public async Task RequestQuota_Default_CountsUtcDay()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            RequestsPerDay = 3,
            QuotaRetryAfter = QuotaRetryAfter.Date,
        });
        string file = await wire.UploadAsync(WireFixture.Resume);
        Assert.Equal(200, (await wire.WriteAsync(file, "a")).Status);
        Assert.Equal(400, (await wire.PutAsync("", "{}")).Status);
        Assert.Equal(429, (await wire.MediaUrlAsync()).Status);
        WireFixture.Reply refused = await wire.WriteAsync(file, "a");
        Assert.Equal((429, "Tue, 06 Jan 2026 00:00:00 GMT"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal(401, (await wire.SendAsync("PUT", "/v2/tcrmCandidateResumes", [], "Authorization: Bearer x")).Status);

        wire.Time.Advance(TimeSpan.FromHours(16) - TimeSpan.FromTicks(1));
        Assert.Equal(429, (await wire.WriteAsync(file, "a")).Status);
        wire.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(200, (await wire.WriteAsync(file, "a")).Status);
        QuotaUsage quota = wire.Emulator.Quota;
        Assert.Equal((1L, 3L, 3L), (quota.RequestsToday, quota.RefusedByDay, quota.RequestsPerDay[new DateOnly(2026, 1, 5)]));
        wire.Emulator.ResetQuota();
        Assert.Equal(
            (0L, 0L, 0L),
            (wire.Emulator.Quota.RequestsToday, wire.Emulator.Quota.RefusedByQuota, wire.Emulator.Quota.Records)
        );
    }

    [Fact]
    public async Task RequestQuota_ScopeUploads_CountsUploads()
    {
        await using WireFixture wire = await WireFixture.StartAsync(_ => new EmulatorOptions
        {
            RequestsPerDay = 1,
            DailyQuota = QuotaScope.Uploads,
        });
        await wire.UploadAsync(WireFixture.Resume);
        string url = (await wire.MediaUrlAsync()).Header("x-linkedin-id")!;
        Assert.Equal(429, (await wire.SendAsync("POST", $"{url}&x-ambry-filename=a.pdf", WireFixture.Resume)).Status);
    }
}
