using System.Globalization;
using LinkedInExports.Core.ExportJobs;

namespace LinkedInExports.Core.Tests.ExportJobs;

public sealed class PeriodTests
{
    private static readonly DateTimeOffset Now = Day(2026, 6, 1).AddHours(9);

    [Fact]
    public void GetSlices_AnyPeriod_CoversItWithSlicesOfAtMost90Days()
    {
        var random = new Random(20260105);
        for (int i = 0; i < 1000; i++)
        {
            DateTimeOffset start = Day(2018, 1, 1).AddMilliseconds(random.NextInt64(200L * 365 * 24 * 3600 * 10));
            DateTimeOffset end = start.AddMilliseconds(random.NextInt64(1, 2L * 365 * 24 * 3600 * 1000));
            var period = Period.Create(start, end, Now.AddYears(100));
            Period[] slices = [.. period.GetSlices()];

            Assert.Equal((period.StartAt, period.EndAt), (slices[0].StartAt, slices[^1].EndAt));
            Assert.All(slices, slice => Assert.InRange(slice.EndAt - slice.StartAt, TimeSpan.Zero, TimeSpan.FromDays(90)));
            Assert.All(
                slices.Zip(slices.Skip(1)),
                pair => Assert.Equal(pair.First.EndAt.AddMilliseconds(1), pair.Second.StartAt)
            );
        }
    }

    [Fact]
    public void Create_EndAtMidnight_IsExclusive()
    {
        var period = Period.Create(Day(2025, 1, 1), Day(2025, 1, 2), Now);
        Assert.Equal(Day(2025, 1, 2).AddMilliseconds(-1), period.EndAt);
        Assert.True(period.IsWholeDays);
        Assert.Equal(period.EndAt.AddMilliseconds(1), Period.Create(Day(2025, 1, 2), Day(2025, 1, 3), Now).StartAt);
    }

    [Fact]
    public void Create_EndWithinDay_IsInclusive()
    {
        var period = Period.Create(Day(2025, 1, 1), Day(2025, 1, 1).AddHours(12), Now);
        Assert.Equal(Day(2025, 1, 1).AddHours(12), period.EndAt);
        Assert.False(period.IsWholeDays);
    }

    [Fact]
    public void IsRecent_LessThanOneDayOld_ReturnsTrue()
    {
        Assert.True(Period.Create(Day(2026, 5, 1), Now, Now).IsRecent(Now));
        Assert.True(Period.Create(Day(2026, 5, 1), Day(2026, 6, 1), Now).IsRecent(Now));
        Assert.False(Period.Create(Day(2026, 5, 1), Day(2026, 5, 31), Now).IsRecent(Now));
    }

    [Theory]
    [InlineData("2025-02-01", "2025-01-01")]
    [InlineData("2025-01-01", "2025-01-01")]
    [InlineData("2026-06-02", "2026-06-05")]
    public void Create_InvalidPeriod_Throws(string start, string end) =>
        Assert.Equal(
            LinkedInErrorId.InvalidPeriod,
            Assert
                .Throws<LinkedInException>(() =>
                    Period.Create(
                        DateTimeOffset.Parse(start + "Z", CultureInfo.InvariantCulture),
                        DateTimeOffset.Parse(end + "Z", CultureInfo.InvariantCulture),
                        Now
                    )
                )
                .Id
        );

    [Theory]
    [InlineData(90, 45)]
    [InlineData(3, 1)]
    [InlineData(2, 1)]
    public void Split_WholeDays_MeetAtMidnight(int days, int firstDays)
    {
        (Period first, Period second) = Period.Create(Day(2025, 1, 1), Day(2025, 1, 1).AddDays(days), Now).Split();
        Assert.Equal(Day(2025, 1, 1).AddDays(firstDays), second.StartAt);
        Assert.Equal(second.StartAt.AddMilliseconds(-1), first.EndAt);
        Assert.True(first.IsWholeDays && second.IsWholeDays);
    }

    [Fact]
    public void Split_OneDay_MeetsAtNoonAndHourCannotSplit()
    {
        var day = Period.Create(Day(2025, 1, 1), Day(2025, 1, 2), Now);
        Assert.Equal(Day(2025, 1, 1).AddHours(12), day.Split().Second.StartAt);
        Assert.True(day.CanSplit);
        Assert.False(new Period(Day(2025, 1, 1), Day(2025, 1, 1).AddHours(11)).CanSplit);
    }

    [Fact]
    public void Create_EndsOfTheCalendar_GivesPeriodsThatMeet()
    {
        var longest = Period.Create(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Now);
        Period[] slices = [.. longest.GetSlices()];
        Assert.Equal((DateTimeOffset.MinValue, longest.EndAt), (slices[0].StartAt, slices[^1].EndAt));
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.Equal(pair.First.EndAt.AddMilliseconds(1), pair.Second.StartAt));

        Assert.Equal(DateTimeOffset.MinValue, Period.GetLastCompleteInstant(DateTimeOffset.MinValue));
        Assert.True(longest.IsRecent(DateTimeOffset.MinValue));
        Assert.Throws<LinkedInException>(() => Period.Create(Day(1, 1, 2), DateTimeOffset.MinValue, Now));
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
