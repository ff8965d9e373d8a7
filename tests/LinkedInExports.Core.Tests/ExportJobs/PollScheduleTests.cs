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
    public void GetDelay_Elapsed_ReturnsFivePercentWithinBounds(double elapsed, double pause) =>
        Assert.Equal(pause, PollSchedule.GetDelay(TimeSpan.FromSeconds(elapsed), jitter: 0.5).TotalSeconds, precision: 6);

    [Fact]
    public void GetDelay_Jitter_ChangesDelayByOneFifth()
    {
        Assert.Equal(4, PollSchedule.GetDelay(TimeSpan.Zero, 0).TotalSeconds, precision: 6);
        Assert.Equal(6, PollSchedule.GetDelay(TimeSpan.Zero, 1).TotalSeconds, precision: 6);
    }
}
