using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class AddressPolicyTests
{
    private static readonly AddressPolicy LinkedIn = new(new Uri("https://api.linkedin.com/v2/"), ["www.linkedin.com"]);

    [Theory]
    [InlineData("https://api.linkedin.com/v2/crmDataValidationExportJobs")]
    [InlineData("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ")]
    [InlineData("https://WWW.LinkedIn.com/ambry/")]
    public void LinkedIns_own_hosts_see_the_token(string address) => Assert.True(LinkedIn.Allows(new Uri(address)));

    [Theory]
    [InlineData("http://www.linkedin.com/ambry/")]
    [InlineData("https://www.linkedin.com:8443/ambry/")]
    [InlineData("https://user@www.linkedin.com/ambry/")]
    [InlineData("https://www.linkedin.com@evil.example/ambry/")]
    [InlineData("https://www.linkedin.com.evil.example/ambry/")]
    [InlineData("https://evilwww.linkedin.com/ambry/")]
    [InlineData("https://linkedin.com/ambry/")]
    [InlineData("https://www.linkedin.com./ambry/")]
    [InlineData("https://www.linkedın.com/ambry/")]
    [InlineData("https://evil.example/?www.linkedin.com")]
    [InlineData("http://127.0.0.1/ambry/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://www.linkedin.com/ambry/")]
    public void Nobody_else_does(string address) => Assert.False(LinkedIn.Allows(new Uri(address)));

    [Fact]
    public void Plain_http_is_for_the_same_port_of_a_local_api_only()
    {
        var emulator = new AddressPolicy(new Uri("http://127.0.0.1:5005/v2/"), ["www.linkedin.com"]);
        Assert.True(emulator.Allows(new Uri("http://127.0.0.1:5005/ambry/?x-li-ambry-ep=AQ")));
        Assert.False(emulator.Allows(new Uri("http://127.0.0.1:5006/ambry/")));
        Assert.False(emulator.Allows(new Uri("http://localhost:5005/ambry/")));
    }

    [Theory]
    [InlineData("https://api.linkedin.com/v2", "https://api.linkedin.com/v2/")]
    [InlineData("https://api.linkedin.com/v2/", "https://api.linkedin.com/v2/")]
    [InlineData("http://localhost:5005/v2", "http://localhost:5005/v2/")]
    public void An_api_address_gets_its_slash(string given, string used) =>
        Assert.Equal(used, AddressPolicy.CheckedApi(new Uri(given)).AbsoluteUri);

    [Theory]
    [InlineData("http://api.linkedin.com/v2/")]
    [InlineData("https://user@api.linkedin.com/v2/")]
    [InlineData("https://api.linkedin.com/v2/?x=1")]
    [InlineData("https://api.linkedin.com/v2/#x")]
    [InlineData("ftp://api.linkedin.com/v2/")]
    [InlineData("v2/")]
    public void Other_api_addresses_are_refused(string given)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => AddressPolicy.CheckedApi(new Uri(given, UriKind.RelativeOrAbsolute)));
        Assert.Equal(LinkedInErrorId.InvalidAddress, error.Id);
    }

    [Fact]
    public void A_token_address_is_used_as_it_is_given() =>
        Assert.Equal("https://www.linkedin.com/oauth/v2/accessToken", AddressPolicy.CheckedToken(new Uri("https://www.linkedin.com/oauth/v2/accessToken")).AbsoluteUri);

    [Theory]
    [InlineData("www.linkedin.com")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public void A_host_is_named_alone(string host) => AddressPolicy.CheckHost(host);

    [Theory]
    [InlineData("https://www.linkedin.com")]
    [InlineData("www.linkedin.com/ambry")]
    [InlineData("www.linkedin.com:443")]
    [InlineData("*.linkedin.com")]
    [InlineData("")]
    public void What_is_more_or_less_than_a_host_is_refused(string host)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => AddressPolicy.CheckHost(host));
        Assert.Equal((LinkedInErrorId.InvalidAddress, host), (error.Id, error.Target));
    }
}
