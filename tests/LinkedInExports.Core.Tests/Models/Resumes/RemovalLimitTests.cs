namespace LinkedInExports.Core.Tests.Models.Resumes;

public sealed class RemovalLimitTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("-1%")]
    [InlineData("%")]
    [InlineData("ten")]
    [InlineData("0.5")]
    public void Parse_NeitherNumberNorPercentage_IsFormatException(string text) =>
        Assert.Throws<FormatException>(() => RemovalLimit.Parse(text));
}
