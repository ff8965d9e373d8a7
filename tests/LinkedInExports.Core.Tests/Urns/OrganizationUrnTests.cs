using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Urns;

public sealed class OrganizationUrnTests
{
    [Theory]
    [InlineData("1234567890", "urn:li:organization:1234567890")]
    [InlineData(" urn:li:organization:5 ", "urn:li:organization:5")]
    [InlineData("urn%3Ali%3Aorganization%3A5", "urn:li:organization:5")]
    [InlineData("urn:li:company:5", "urn:li:company:5")]
    [InlineData("urn:li:person:5", null)]
    [InlineData("urn:li:organization:", null)]
    [InlineData("urn:li:organization:5\n", "urn:li:organization:5")]
    [InlineData("urn:li:organization:٥", null)]
    [InlineData("Contoso", null)]
    [InlineData("", null)]
    public void Parse_OrganizationForms_ReturnsUrnOrThrows(string text, string? urn)
    {
        if (urn is not null)
        {
            Assert.Equal(urn, OrganizationUrn.Parse(text).ToString());
        }
        else
        {
            Assert.Equal(
                LinkedInErrorId.InvalidIntegrationContext,
                Assert.Throws<LinkedInException>(() => OrganizationUrn.Parse(text).ToString()).Id
            );
        }
    }
}
