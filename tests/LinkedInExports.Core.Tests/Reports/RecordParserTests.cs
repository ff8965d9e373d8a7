using System.Globalization;
using LinkedInExports.Core.Reports;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class RecordParserTests
{
    /// <summary>The texts are 2 January 2025, 02:53:20 UTC.</summary>
    [Theory]
    [InlineData("en-GB", "02/01/2025 02:53:20 +00:00")]
    [InlineData("en-US", "01/02/2025 02:53:20 +00:00")]
    [InlineData("de-DE", "02.01.2025 02:53:20 +00:00")]
    [InlineData("nl-NL", "02-01-2025 02:53:20 +00:00")]
    [InlineData("en-GB", "2025-01-02 02:53:20")]
    [InlineData("th-TH", "2025-01-02T02:53:20.000Z")] // The calendar of the culture has other years.
    [InlineData("nl-NL", "01-02-2025 02:53:20")] // LinkedIn's format.
    public void Parse_TimeAsText_IsReadInTheCurrentCulture(string culture, string text) =>
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 2, 53, 20, TimeSpan.Zero), Parse(culture, text));

    [Fact]
    public void Parse_TimeThatTheCultureDoesNotHave_IsReadInTheInvariantCulture() =>
        Assert.Equal(new DateTimeOffset(2025, 1, 13, 2, 53, 20, TimeSpan.Zero), Parse("en-GB", "01/13/2025 02:53:20 +00:00"));

    private static DateTimeOffset? Parse(string culture, string expiredAt)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            object record = RecordParser.Parse(
                TestRow.Create(("CrmId", "a"), ("CrmRecordType", "CONTACT"), ("ExpiredAt", expiredAt), ("CreatedAt", "1"))
            );
            return Assert.IsAssignableFrom<CrmValidationRecord>(record).ExpiredAt;
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
