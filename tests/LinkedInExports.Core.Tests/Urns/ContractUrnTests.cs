using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Urns;

public sealed class ContractUrnTests
{
    [Theory]
    [InlineData("7001", "urn:li:contract:7001")]
    [InlineData(" urn:li:contract:7001 ", "urn:li:contract:7001")]
    [InlineData("urn%3Ali%3Acontract%3A7001", "urn:li:contract:7001")]
    [InlineData("urn:li:salesContract:7001", "urn:li:salesContract:7001")]
    public void Parse_ContractForms_ReturnsUrn(string text, string urn) => Assert.Equal(urn, ContractUrn.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Fabrikam")]
    [InlineData("urn:li:contract:")]
    [InlineData("urn:li:contract:7001&x=1")]
    [InlineData("urn:li:organization:7001")]
    [InlineData("urn:li:contractor:7001")]
    [InlineData("urn:li:seat:7001")]
    [InlineData("urn%3Ali%3Amember%3A7001")]
    [InlineData("-1")]
    public void Parse_InvalidContract_ThrowsWithExpectedForm(string text)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => ContractUrn.Parse(text));
        Assert.Equal(LinkedInErrorId.InvalidContract, error.Id);
        Assert.Contains("urn:li:contract:7001", error.Message, StringComparison.Ordinal);
    }
}
