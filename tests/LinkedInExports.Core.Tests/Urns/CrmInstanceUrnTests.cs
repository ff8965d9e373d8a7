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
    public void Forms_that_people_have_at_hand_are_understood(string text) =>
        Assert.Equal("urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)", CrmInstanceUrn.Parse(text));

    [Fact]
    public void The_key_may_be_any_word() =>
        Assert.Equal("urn:li:crmInstance:(SFDC,00D5g000004ABCD)", CrmInstanceUrn.Parse("urn:li:crmInstance:(SFDC,00D5g000004ABCD)"));

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
    public void The_rest_is_refused_with_the_right_form(string text)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => CrmInstanceUrn.Parse(text));
        Assert.Equal(LinkedInErrorId.InvalidCrmInstanceId, error.Id);
        Assert.Contains("urn:li:crmInstance:(KEY,id)", error.Message, StringComparison.Ordinal);
    }
}
