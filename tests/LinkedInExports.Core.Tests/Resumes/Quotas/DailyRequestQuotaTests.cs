using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Quotas;

[Collection(nameof(Alone))]
public sealed class DailyRequestQuotaTests
{
    private const long Today = 20_518; // 2026-03-06

    private readonly SimulatedTimeProvider _time = new(ServerClock.GetStartOfDay(Today).AddHours(23));
    private readonly ServerClock _clock;
    private readonly RecordingOutput _recorder = new();
    private readonly FakeQuotaStore _store = new();

    public DailyRequestQuotaTests() => _clock = new ServerClock(_time);

    [Fact]
    public async Task AcquireAsync_QuotaUsedUp_ThrowsWithNextDay()
    {
        DailyRequestQuota quota = Create(3);
        for (int request = 0; request < 3; request++)
            Assert.Equal(Today, await AcquireAsync(quota));
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota));
        Assert.Equal((LinkedInErrorId.DailyQuotaExceeded, TimeSpan.FromHours(1)), (error.Id, error.RetryAfter));
        Assert.Contains("2026-03-07 00:00 UTC", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, quota.UsedToday);
    }

    [Fact]
    public Task AcquireAsync_WaitingAllowed_WaitsForNextServerDay() =>
        _time.RunAsync(async () =>
        {
            _clock.Synchronize(_time.GetUtcNow().AddMinutes(-10.5));
            DailyRequestQuota quota = Create(2, waits: true);
            for (int request = 0; request < 2; request++)
                Assert.Equal(Today, await AcquireAsync(quota));
            Assert.Equal(Today + 1, await AcquireAsync(quota));
            Assert.Equal(TimeSpan.FromMinutes(70.5), _time.Elapsed);
            Assert.Equal(Today + 1, await AcquireAsync(quota));
            Assert.Equal(Today + 2, await AcquireAsync(quota));
            Assert.Equal(TimeSpan.FromMinutes(70.5 + (24 * 60)), _time.Elapsed);
            Assert.All(
                _recorder.VerboseLines,
                line => Assert.Contains("continuing at 2026-03-0", line, StringComparison.Ordinal)
            );
        });

    [Fact]
    public Task AcquireAsync_CanceledWhileWaiting_Throws() =>
        _time.RunAsync(async () =>
        {
            DailyRequestQuota quota = Create(1, waits: true);
            await AcquireAsync(quota);
            using var stop = new CancellationTokenSource();
            Task<long> waiting = quota.AcquireAsync(null, _recorder, stop.Token);
            await _time.Delay(1000);
            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.Equal(1, quota.UsedToday);
        });

    [Fact]
    public async Task AcquireAsync_ManyRequests_SavesUsageAheadInHundreds()
    {
        DailyRequestQuota quota = Create(250);
        for (int request = 1; request <= 250; request++)
        {
            await AcquireAsync(quota);
            Assert.InRange(_store.Saved[^1].Count, request, request + 99);
        }

        Assert.Equal([(Today, 100), (Today, 200), (Today, 250)], _store.Saved);
        quota.Flush();
        Assert.Equal((Today, 250), _store.Saved[^1]);
    }

    [Fact]
    public async Task Flush_AfterRequests_SavesExactUsage()
    {
        DailyRequestQuota quota = Create(1000);
        for (int request = 1; request <= 7; request++)
            await AcquireAsync(quota);
        quota.Flush();
        Assert.Equal([(Today, 100), (Today, 7)], _store.Saved);
        await AcquireAsync(quota); // A sync after removals.
        Assert.Equal((Today, 107), _store.Saved[^1]);
    }

    [Fact]
    public void Flush_WithoutRequests_SavesNothing()
    {
        Create(10).Flush();
        Assert.Empty(_store.Saved);
    }

    [Fact]
    public async Task AcquireAsync_SaveFails_DoesNotCountRequest()
    {
        DailyRequestQuota quota = Create(10);
        _store.IsFull = true;
        for (int attempt = 0; attempt < 3; attempt++)
            await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota));
        Assert.Equal(0, quota.UsedToday);
        _store.IsFull = false;
        await AcquireAsync(quota);
        Assert.Equal((1, (Today, 10)), (quota.UsedToday, Assert.Single(_store.Saved)));
    }

    [Fact]
    public async Task AcquireAsync_UsageOfEarlierProcesses_CountsForItsDay()
    {
        _store.Usage = [(Today - 1, 100), (Today, 98), (Today, 50)];
        DailyRequestQuota quota = Create(100);
        await AcquireAsync(quota);
        await AcquireAsync(quota);
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota));
        Assert.All(_store.Saved, entry => Assert.Equal((Today, 100), entry));
    }

    [Fact]
    public async Task ReserveAsync_ReservedRequests_AreExclusive()
    {
        DailyRequestQuota quota = Create(5);
        using DailyRequestQuota.Reservation first = await ReserveAsync(quota);
        using DailyRequestQuota.Reservation second = await ReserveAsync(quota);
        await Assert.ThrowsAsync<LinkedInException>(() => ReserveAsync(quota));
        await AcquireAsync(quota);
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota));
        await AcquireAsync(quota, first);
        await AcquireAsync(quota, first);
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota, first)); // A third request was not reserved.
        await AcquireAsync(quota, second);
        second.Dispose();
        await AcquireAsync(quota); // The released reservation.
        Assert.Equal(5, quota.UsedToday);
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota));
    }

    [Fact]
    public async Task ReserveAsync_ReservedForBatches_LeavesThemToAcquire()
    {
        DailyRequestQuota quota = Create(5);
        quota.SetReservedForBatches(2);
        (await ReserveAsync(quota, 3)).Dispose();
        await Assert.ThrowsAsync<LinkedInException>(() => ReserveAsync(quota, 4));
        await AcquireAsync(quota);
        await AcquireAsync(quota);
        await Assert.ThrowsAsync<LinkedInException>(() => ReserveAsync(quota));
        await AcquireAsync(quota);
        quota.SetReservedForBatches(0);
        (await ReserveAsync(quota)).Dispose();
    }

    [Fact]
    public Task ReserveAsync_WaitingAllowed_WaitsForNextDay() =>
        _time.RunAsync(async () =>
        {
            DailyRequestQuota quota = Create(2, waits: true);
            await AcquireAsync(quota);
            using DailyRequestQuota.Reservation reservation = await ReserveAsync(quota);
            Assert.Equal(TimeSpan.FromHours(1), _time.Elapsed);
            Assert.Equal(Today + 1, await AcquireAsync(quota, reservation));
        });

    [Fact]
    public async Task RecordResponse_AfterMidnight_CountsForBothDays()
    {
        DailyRequestQuota quota = Create(2);
        long day = await AcquireAsync(quota);
        _time.Set(TimeSpan.FromHours(2));
        quota.RecordResponse(day);
        Assert.Equal(1, quota.UsedToday);
        await AcquireAsync(quota);
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota));
    }

    [Fact]
    public async Task RecordResponse_ServerDayAhead_CountsForResponseDay()
    {
        // The local clock is a day behind: requests counted for yesterday belong to today.
        DailyRequestQuota quota = Create(10);
        long day = await AcquireAsync(quota);
        _clock.Synchronize(_time.GetUtcNow().AddDays(1));
        quota.RecordResponse(day);
        Assert.Equal((Today, 1), (day, quota.UsedToday));
        Assert.Equal([(Today, 10), (Today + 1, 10)], _store.Saved);
    }

    [Fact]
    public async Task AcquireAsync_ClockChanges_KeepsCountOfEachDay()
    {
        DailyRequestQuota quota = Create(3);
        for (int request = 0; request < 3; request++)
            await AcquireAsync(quota);
        foreach (int days in new[] { 1, 2, -10, 30, -60 })
        {
            _time.Set(TimeSpan.FromDays(days));
            for (int request = 0; request < 3; request++)
                await AcquireAsync(quota);
            await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota));
        }

        _time.Set(TimeSpan.FromDays(-1 - 2 + 10 - 30 + 60));
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota));
    }

    [Fact]
    public async Task AcquireAsync_WithParent_CountsInParent()
    {
        var whole = new DailyRequestQuota(3, _clock, _time);
        DailyRequestQuota one = Create(3, whole);
        DailyRequestQuota other = Create(3, whole);
        await AcquireAsync(one);
        await AcquireAsync(other);
        await AcquireAsync(other);
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(one));
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(other));
        Assert.Equal((3, 1, 2), (whole.UsedToday, one.UsedToday, other.UsedToday));
    }

    [Fact]
    public async Task RecordResponse_AfterMidnightWithParent_CountsForBothDays()
    {
        var whole = new DailyRequestQuota(2, _clock, _time);
        DailyRequestQuota part = Create(2, whole);
        long day = await AcquireAsync(part);
        _time.Set(TimeSpan.FromHours(2));
        part.RecordResponse(day);
        Assert.Equal((1, 1), (whole.UsedToday, part.UsedToday));
    }

    [Fact]
    public async Task AcquireAsync_ParentExhausted_KeepsTheReservation()
    {
        var parent = new DailyRequestQuota(3, _clock, _time);
        DailyRequestQuota quota = Create(3, parent);
        using DailyRequestQuota.Reservation reservation = await ReserveAsync(quota);
        for (int request = 0; request < 3; request++)
            await AcquireAsync(parent);
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota, reservation));
        Assert.Equal(2, reservation.Left);
        await Assert.ThrowsAsync<LinkedInException>(() => ReserveAsync(quota, 1));
    }

    [Fact]
    public async Task MarkExhausted_QuotaLeft_EndsDay()
    {
        var whole = new DailyRequestQuota(1000, _clock, _time);
        DailyRequestQuota quota = Create(1000, whole);
        await AcquireAsync(quota);
        quota.MarkExhausted();
        Assert.Equal((Today, 1000), _store.Saved[^1]);
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(quota));
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(whole));
        quota.Flush();
        Assert.Equal((Today, 1000), _store.Saved[^1]);
    }

    private DailyRequestQuota Create(int requests, DailyRequestQuota? parent = null, bool waits = false) =>
        new(parent ?? new DailyRequestQuota(requests, _clock, _time), _store) { WaitsForNextDay = waits };

    private Task<long> AcquireAsync(DailyRequestQuota quota, DailyRequestQuota.Reservation? reservation = null) =>
        quota.AcquireAsync(reservation, _recorder, CancellationToken.None);

    private Task<DailyRequestQuota.Reservation> ReserveAsync(DailyRequestQuota quota, int requests = 2) =>
        quota.ReserveAsync(requests, _recorder, CancellationToken.None);
}
