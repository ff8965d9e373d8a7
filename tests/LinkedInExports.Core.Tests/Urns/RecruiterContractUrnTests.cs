using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Urns;

public sealed class RecruiterContractUrnTests
{
    [Theory]
    [InlineData("7")]
    [InlineData(" urn:li:contract:7 ")]
    [InlineData("urn%3Ali%3Acontract%3A7")]
    public void Parse_Contract_IsItsUrn(string text) =>
        Assert.Equal("urn:li:contract:7", RecruiterContractUrn.Parse(text).ToString());

    [Theory]
    [InlineData("urn:li:organization:1234567890")]
    [InlineData("urn:li:salesContract:1")]
    [InlineData("urn%3Ali%3Aorganization%3A1")]
    [InlineData("urn%3Ali%3Acontract%3A7%0A")]
    [InlineData("Recruiter")]
    [InlineData("")]
    public void Parse_AnythingElse_IsInvalidContract(string text)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => RecruiterContractUrn.Parse(text));
        Assert.Equal(LinkedInErrorId.InvalidContract, error.Id);
    }
}
