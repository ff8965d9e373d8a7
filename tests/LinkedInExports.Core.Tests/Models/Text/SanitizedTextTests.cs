using System.Globalization;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Models.Text;

public sealed class SanitizedTextTests
{
    [Fact]
    public void InterpolatedString_Values_AreSanitizedAndTheFormatIsNot()
    {
        string name = "\u001b[2J" + new string('x', 2_000_000);
        SanitizedText text = $"The \"format\" stays; the value: {name}.";
        Assert.StartsWith("The \"format\" stays; the value: ␛[2Jxxx", text.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("x….", text.ToString(), StringComparison.Ordinal);
        Assert.InRange(text.ToString().Length, 1000, 1100);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    [InlineData("ps-AF")]
    [InlineData("de-DE")]
    public void InterpolatedString_InAnyCulture_WritesNumbersAndDatesInvariantly(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var time = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
            SanitizedText text = $"From {time:yyyy-MM-dd HH:mm} on, {1.5:0.0} s, {-7}";
            Assert.Equal("From 2026-11-23 00:00 on, 1.5 s, -7", text.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void LinkedInException_InnerExceptionWithSecret_IsReplacedByACopyWithoutIt()
    {
        var original = new HttpRequestException(
            "proxy 'http://svc:CANARY@10.0.0.1/' failed",
            new IOException("again http://svc:CANARY@10.0.0.1/")
        );
        var failure = new LinkedInException(LinkedInErrorId.ConnectionFailed, "It failed.", original);
        Assert.DoesNotContain("CANARY", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("System.Net.Http.HttpRequestException", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("***@10.0.0.1", failure.InnerException!.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LinkedInException_InnerExceptionWithoutSecret_IsKept()
    {
        var original = new IOException("The disk is full.");
        Assert.Same(original, new LinkedInException(LinkedInErrorId.FileWriteFailed, "It failed.", original).InnerException);
    }

    [Fact]
    public void FromUnexpected_AnyException_NamesItAndKeepsIt()
    {
        var original = new InvalidOperationException("Sequence contains no elements");
        LinkedInException failure = LinkedInException.FromUnexpected("save job 7", original);
        Assert.Equal(LinkedInErrorId.InternalError, failure.Id);
        Assert.Equal(
            "Could not save job 7: unexpected InvalidOperationException: Sequence contains no elements",
            failure.Message
        );
        Assert.Same(original, failure.InnerException);
    }

    [Fact]
    public void FromUnexpected_LinkedInException_ReturnsIt()
    {
        var failure = new LinkedInException(LinkedInErrorId.NotFound, "Not there.");
        Assert.Same(failure, LinkedInException.FromUnexpected("save job 7", failure));
    }
}
