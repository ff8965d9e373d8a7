using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Quotas;

[Collection(nameof(Alone))]
public sealed class RecordRateLimiterTests
{
    private readonly SimulatedTimeProvider _time = new();

    [Fact]
    public Task AcquireAsync_OverLimit_WaitsOneMinuteAfterFirstRelease() =>
        _time.RunAsync(async () =>
        {
            var limiter = new RecordRateLimiter(100, _time);
            RecordRateLimiter.Lease first = await limiter.AcquireAsync(60, default);
            RecordRateLimiter.Lease second = await limiter.AcquireAsync(40, default);
            Assert.Equal(TimeSpan.Zero, _time.Elapsed);
            await _time.Delay(2000);
            first.Dispose();
            await _time.Delay(3000);
            second.Dispose();

            (await limiter.AcquireAsync(60, default)).Dispose();
            Assert.Equal(TimeSpan.FromSeconds(62), _time.Elapsed);
            (await limiter.AcquireAsync(1, default)).Dispose();
            Assert.Equal(TimeSpan.FromSeconds(65), _time.Elapsed);
        });

    [Fact]
    public Task AcquireAsync_LeaseNotReleased_Waits() =>
        _time.RunAsync(async () =>
        {
            var limiter = new RecordRateLimiter(1, _time);
            RecordRateLimiter.Lease first = await limiter.AcquireAsync(1, default);
            Task<RecordRateLimiter.Lease> second = limiter.AcquireAsync(1, default);
            await _time.Delay(600_000);
            Assert.False(second.IsCompleted);
            first.Dispose();
            await second;
            Assert.Equal(TimeSpan.FromMinutes(11), _time.Elapsed);
        });

    [Fact]
    public Task AcquireAsync_SeveralWaiters_AreServedInOrder() =>
        _time.RunAsync(async () =>
        {
            var limiter = new RecordRateLimiter(10, _time);
            (await limiter.AcquireAsync(5, default)).Dispose();
            var order = new List<int>();
            async Task EnterAsync(int records)
            {
                using RecordRateLimiter.Lease places = await limiter.AcquireAsync(records, default);
                lock (order)
                    order.Add(records);
            }

            Task large = EnterAsync(10);
            Task small = EnterAsync(1);
            await Task.WhenAll(large, small);
            Assert.Equal([10, 1], order);
            Assert.Equal(TimeSpan.FromMinutes(2), _time.Elapsed);
        });

    [Fact]
    public Task AcquireAsync_CanceledWhileWaiting_TakesNothing() =>
        _time.RunAsync(async () =>
        {
            var limiter = new RecordRateLimiter(10, _time);
            RecordRateLimiter.Lease open = await limiter.AcquireAsync(5, default);
            using var stop = new CancellationTokenSource();
            Task<RecordRateLimiter.Lease> waiting = limiter.AcquireAsync(10, stop.Token);
            Task<RecordRateLimiter.Lease> behind = limiter.AcquireAsync(10, stop.Token);
            await _time.Delay(1000);
            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => behind);
            (await limiter.AcquireAsync(5, default)).Dispose();
            Assert.Equal(TimeSpan.FromSeconds(1), _time.Elapsed);
            open.Dispose();
        });

    [Fact]
    public Task AcquireAsync_ZeroOrTooManyRecords_ReturnsOrThrows() =>
        _time.RunAsync(async () =>
        {
            var limiter = new RecordRateLimiter(10, _time);
            using RecordRateLimiter.Lease all = await limiter.AcquireAsync(10, default);
            (await limiter.AcquireAsync(0, default)).Dispose();
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => limiter.AcquireAsync(11, default));
            Assert.Equal(TimeSpan.Zero, _time.Elapsed);
        });

    [Fact]
    public Task Restore_RecordsOfEarlierProcess_CountUntilMinuteEnds() =>
        _time.RunAsync(async () =>
        {
            var limiter = new RecordRateLimiter(100, _time);
            limiter.Restore(100, TimeSpan.FromSeconds(60));
            limiter.Restore(70, TimeSpan.FromSeconds(45));
            limiter.Restore(30, TimeSpan.Zero);
            (await limiter.AcquireAsync(70, default)).Dispose();
            Assert.Equal(TimeSpan.FromSeconds(15), _time.Elapsed);
            (await limiter.AcquireAsync(30, default)).Dispose();
            Assert.Equal(TimeSpan.FromSeconds(60), _time.Elapsed);
        });

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public Task AcquireAsync_ClockChanges_WaitsElapsedTime(int seconds) =>
        _time.RunAsync(async () =>
        {
            var limiter = new RecordRateLimiter(10, _time);
            (await limiter.AcquireAsync(10, default)).Dispose();
            Task<RecordRateLimiter.Lease> next = limiter.AcquireAsync(10, default);
            await _time.Delay(30_000);
            _time.Set(TimeSpan.FromSeconds(seconds));
            (await next).Dispose();
            Assert.Equal(TimeSpan.FromMinutes(1), _time.Elapsed);
        });

    [Fact]
    public void AcquireAsync_AnyTraffic_NeverExceedsLimitAtServer()
    {
        Gen<Traffic> traffic =
            from limit in Gen.Choose(1, 300)
            from senders in Gen.Choose(1, 5)
            from slowest in Gen.Elements(1, 50, 2000, 70_000)
            from seed in Gen.Choose(0, int.MaxValue)
            select new Traffic(limit, senders, slowest, seed);
        Prop.ForAll(traffic.ToArbitrary(), one => one.Check()).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    /// <summary>Random senders with requests of random sizes, times and durations.</summary>
    private sealed record Traffic(int Limit, int Senders, int Slowest, int Seed)
    {
        internal bool Check()
        {
            var arrivals = new List<(TimeSpan At, int Records)>();
            var time = new SimulatedTimeProvider();
            time.RunAsync(() => SendAsync(time, arrivals)).GetAwaiter().GetResult();
            arrivals.Sort((a, b) => a.At.CompareTo(b.At));

            // Sliding: the 60 seconds before each arrival. Fixed: the minutes of a clock with any offset.
            int sum = 0;
            int first = 0;
            foreach ((TimeSpan at, int records) in arrivals)
            {
                sum += records;
                while (arrivals[first].At + TimeSpan.FromMinutes(1) <= at)
                    sum -= arrivals[first++].Records;
                if (sum > Limit)
                    return false;
            }

            return Enumerable
                .Range(0, 7)
                .All(phase =>
                    arrivals
                        .GroupBy(arrival => (long)Math.Floor((arrival.At.TotalSeconds + (phase * 8.6)) / 60))
                        .All(minute => minute.Sum(arrival => arrival.Records) <= Limit)
                );
        }

        private Task SendAsync(SimulatedTimeProvider time, List<(TimeSpan At, int Records)> arrivals)
        {
            var limiter = new RecordRateLimiter(Limit, time);
            return Task.WhenAll(
                Enumerable
                    .Range(0, Senders)
                    .Select(sender =>
                        Task.Run(async () =>
                        {
                            var chance = new Random(Seed + sender);
                            for (int request = 0; request < 25; request++)
                            {
                                if (chance.Next(4) == 0)
                                    await time.Delay(chance.Next(1, 40_000));
                                int records = chance.Next(1, Math.Min(Limit, 100) + 1);
                                using RecordRateLimiter.Lease places = await limiter.AcquireAsync(records, default);
                                await time.Delay(chance.Next(Slowest) + 1);
                                lock (arrivals)
                                    arrivals.Add((time.Elapsed, records));
                                await time.Delay(chance.Next(Slowest) + 1);
                            }
                        })
                    )
            );
        }
    }
}
