using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Tests.Resumes.Quotas;

public sealed class ServerClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 6, 23, 59, 30, TimeSpan.Zero));

    [Theory]
    [InlineData(45)]
    [InlineData(-86_400)]
    [InlineData(7_200)]
    public void Now_AfterSynchronize_FollowsServerDate(int seconds)
    {
        var clock = new ServerClock(_time);
        Assert.Equal(_time.GetUtcNow(), clock.Now);
        clock.Synchronize(_time.GetUtcNow().AddSeconds(3));
        clock.Synchronize(_time.GetUtcNow().AddSeconds(seconds));
        clock.Synchronize(null);
        Assert.Equal(_time.GetUtcNow().AddSeconds(seconds), clock.Now);
        _time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(_time.GetUtcNow().AddSeconds(seconds), clock.Now);
    }

    [Fact]
    public void Day_AtServerMidnight_Changes()
    {
        var clock = new ServerClock(_time);
        long day = clock.Day;
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.Zero), ServerClock.GetStartOfDay(day));
        clock.Synchronize(_time.GetUtcNow().AddSeconds(29));
        Assert.Equal(day, clock.Day);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(day + 1, clock.Day);
    }

    [Fact]
    public void GetStartOfDay_DayAfterTheCalendar_ReturnsItsLastMoment()
    {
        long last = ServerClock.GetDay(DateTimeOffset.MaxValue);
        Assert.Equal(new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero), ServerClock.GetStartOfDay(last));
        Assert.Equal(DateTimeOffset.MaxValue, ServerClock.GetStartOfDay(last + 1));
    }
}
