using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Tests.Time;

[Collection(nameof(Alone))]
public sealed class TimeProviderExtensionsTests
{
    private const long Today = 20_518; // 2026-03-06

    private readonly SimulatedTimeProvider _time = new(ServerClock.GetStartOfDay(Today).AddHours(23));

    [Fact]
    public Task Delay_NonPositive_CompletesImmediately() =>
        _time.RunAsync(async () =>
        {
            // Midnight may pass between two reads of the clock, and -1 ms would be infinite.
            foreach (double milliseconds in new[] { 0, -0.5, -1, -1.5, -60_000 })
                await _time.DelayAsync(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None);
            Assert.Equal(TimeSpan.Zero, _time.Elapsed);
            using var stop = new CancellationTokenSource();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _time.DelayAsync(TimeSpan.Zero, stop.Token));
        });
}
