namespace LinkedInExports.Core.Tests.Models.Resumes;

public sealed class RetentionPeriodTests
{
    [Theory]
    [InlineData("1 millisecond", 1, RetentionUnit.Millisecond)]
    [InlineData("90 seconds", 90, RetentionUnit.Second)]
    [InlineData("5 MINUTES", 5, RetentionUnit.Minute)]
    [InlineData("72 hours", 72, RetentionUnit.Hour)]
    [InlineData(" 30 days ", 30, RetentionUnit.Day)]
    [InlineData("4weeks", 4, RetentionUnit.Week)]
    [InlineData("6 months", 6, RetentionUnit.Month)]
    [InlineData("1 Year", 1, RetentionUnit.Year)]
    public void Parse_NumberAndUnit_IsThatPeriod(string text, long duration, RetentionUnit unit)
    {
        var period = RetentionPeriod.Parse(text);
        Assert.Equal(new RetentionPeriod(duration, unit), period);
        Assert.Equal(period, RetentionPeriod.Parse(period.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("months")]
    [InlineData("0 days")]
    [InlineData("-1 days")]
    [InlineData("1.5 hours")]
    [InlineData("6 moons")]
    [InlineData("99999999999999999999 days")]
    [InlineData("1 year 6 months")]
    public void Parse_AnythingElse_IsFormatException(string text) =>
        Assert.Throws<FormatException>(() => RetentionPeriod.Parse(text));
}
