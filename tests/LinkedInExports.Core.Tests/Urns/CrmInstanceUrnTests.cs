using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Urns;

public sealed class CrmInstanceUrnTests
{
    [Theory]
    [InlineData("urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)")]
    [InlineData("  urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)\n")]
    [InlineData("DYNAMICS,0b7c1f52-1111-4222-8333-944455556666")]
    [InlineData("DYNAMICS, 0b7c1f52-1111-4222-8333-944455556666")]
    [InlineData("(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)")]
    [InlineData("urn%3Ali%3AcrmInstance%3A%28DYNAMICS%2C0b7c1f52-1111-4222-8333-944455556666%29")]
    public void Parse_CommonForms_ReturnsUrn(string text) =>
        Assert.Equal("urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)", CrmInstanceUrn.Parse(text).ToString());

    [Fact]
    public void Parse_AnyKey_ReturnsUrn() =>
        Assert.Equal(
            "urn:li:crmInstance:(SFDC,00D5g000004ABCD)",
            CrmInstanceUrn.Parse("urn:li:crmInstance:(SFDC,00D5g000004ABCD)").ToString()
        );

    [Theory]
    [InlineData("")]
    [InlineData("DYNAMICS")]
    [InlineData("DYNAMICS,")]
    [InlineData(",0b7c1f52")]
    [InlineData("DYNAMICS,a,b")]
    [InlineData("(DYNAMICS,a")]
    [InlineData("DYNAMICS,a)")]
    [InlineData("DYNAMICS a")]
    [InlineData("urn:li:crmInstance:sf-instance-001")]
    [InlineData("urn:li:crmInstance:(DYNAMICS)")]
    [InlineData("urn:li:crmInstance:(DYNAMICS,)")]
    [InlineData("urn:li:crmInstance:(DYNAMICS,a,b)")]
    [InlineData("urn:li:crmInstance:(DYNAMICS,a b)")]
    [InlineData("urn:li:crmInstance:(DYNAMICS,a)&x=1")]
    [InlineData("urn:li:contract:(DYNAMICS,a)")]
    public void Parse_InvalidText_ThrowsWithExpectedForm(string text)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => CrmInstanceUrn.Parse(text));
        Assert.Equal(LinkedInErrorId.InvalidCrmInstanceId, error.Id);
        Assert.Contains("urn:li:crmInstance:(KEY,id)", error.Message, StringComparison.Ordinal);
    }
}
