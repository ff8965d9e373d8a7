using LinkedInExports.Core.ExportJobs;

namespace LinkedInExports.Core.Tests.ExportJobs;

public sealed class PollScheduleTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(100, 5)]
    [InlineData(400, 20)]
    [InlineData(1200, 60)]
    [InlineData(7200, 60)]
    public void The_pause_is_a_twentieth_of_the_time_waited_between_5_and_60_s(double elapsed, double pause) =>
        Assert.Equal(pause, PollSchedule.GetDelay(TimeSpan.FromSeconds(elapsed), jitter: 0.5).TotalSeconds, precision: 6);

    [Fact]
    public void Chance_moves_it_by_a_fifth_either_way()
    {
        Assert.Equal(4, PollSchedule.GetDelay(TimeSpan.Zero, 0).TotalSeconds, precision: 6);
        Assert.Equal(6, PollSchedule.GetDelay(TimeSpan.Zero, 1).TotalSeconds, precision: 6);
    }
}
