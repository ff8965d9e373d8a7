using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class AddressPolicyTests
{
    private static readonly AddressPolicy LinkedIn = new(new Uri("https://api.linkedin.com/v2/"), DownloadHost.Documented);

    [Theory]
    [InlineData("https://api.linkedin.com/v2/crmDataValidationExportJobs")]
    [InlineData("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ")]
    [InlineData("https://WWW.LinkedIn.com/ambry/")]
    public void GetAccess_HostOfLinkedIn_IsWithToken(string address) =>
        Assert.Equal(HostAccess.WithToken, LinkedIn.GetAccess(new Uri(address)));

    [Fact]
    public void GetAccess_DocumentedContentHost_IsWithoutToken() =>
        Assert.Equal(HostAccess.WithoutToken, LinkedIn.GetAccess(new Uri("https://media.licdn.com/exports/analytics_123.csv")));

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
    public void GetAccess_AnyOtherAddress_IsRejected(string address) =>
        Assert.Equal(HostAccess.Denied, LinkedIn.GetAccess(new Uri(address)));

    [Theory]
    [InlineData('\uFDD0')]
    [InlineData('\uFFFD')]
    [InlineData('\uFFFF')]
    public void GetAccess_HostWithImpossibleCharacter_IsRejected(char character)
    {
        Assert.True(Uri.TryCreate($"https://www{character}.linkedin.com/", UriKind.Absolute, out Uri? address));
        Assert.Equal(HostAccess.Denied, LinkedIn.GetAccess(address!));
    }

    [Fact]
    public void GetAccess_SoftHyphen_IsDecidedByTheNameThatIsResolved()
    {
        var address = new Uri("https://www\u00AD.linkedin.com/");
        Assert.Equal("www.linkedin.com", address.IdnHost);
        Assert.Equal(HostAccess.WithToken, LinkedIn.GetAccess(address));
    }

    [Theory]
    [InlineData("https://cdn.example.com/file.csv", HostAccess.PublicWithoutToken)]
    [InlineData("https://93.184.216.34/file.csv", HostAccess.PublicWithoutToken)]
    [InlineData("https://media.licdn.com/file.csv", HostAccess.WithoutToken)]
    [InlineData("https://www.linkedin.com/file.csv", HostAccess.WithToken)]
    [InlineData("https://[2606:4700::1111]/file.csv", HostAccess.PublicWithoutToken)]
    [InlineData("https://media.licdn.com:8443/file.csv", HostAccess.PublicWithoutToken)]
    [InlineData("https://www.linkedin.com@evil.example/file.csv", HostAccess.Denied)]
    [InlineData("http://cdn.example.com/file.csv", HostAccess.Denied)]
    [InlineData("https://localhost/file.csv", HostAccess.Denied)]
    [InlineData("https://intranet/file.csv", HostAccess.Denied)]
    [InlineData("https://127.0.0.1/file.csv", HostAccess.Denied)]
    [InlineData("https://10.1.2.3/file.csv", HostAccess.Denied)]
    [InlineData("https://169.254.169.254/latest/meta-data", HostAccess.Denied)]
    [InlineData("https://[::1]/file.csv", HostAccess.Denied)]
    [InlineData("https://[fe80::1]/file.csv", HostAccess.Denied)]
    [InlineData("https://[::ffff:10.0.0.1]/file.csv", HostAccess.Denied)]
    public void GetAccess_TargetOfRedirect_IsPublicHttpsWithoutToken(string address, object expected) =>
        Assert.Equal(expected, LinkedIn.GetAccess(new Uri(address), isRedirect: true));

    [Fact]
    public void GetAccess_RelativeAddress_IsRejected() =>
        Assert.Equal(HostAccess.Denied, LinkedIn.GetAccess(new Uri("ambry/", UriKind.Relative), isRedirect: true));

    [Fact]
    public void GetAccess_DocumentedHostGivenAgain_UsesTheLastEntry()
    {
        var policy = new AddressPolicy(
            new Uri("https://api.linkedin.com/v2/"),
            [.. DownloadHost.Documented, new DownloadHost("MEDIA.licdn.com", ReceivesToken: true)]
        );
        Assert.Equal(HostAccess.WithToken, policy.GetAccess(new Uri("https://media.licdn.com/exports/1.csv")));
    }

    [Theory]
    [InlineData("https://api.linkedin.com:8443/v2/x")]
    [InlineData("https://api.linkedin.com.evil.example:8443/v2/x")]
    public void GetAccess_PortOtherThanThatOfTheApi_IsRejected(string address) =>
        Assert.Equal(HostAccess.Denied, LinkedIn.GetAccess(new Uri(address)));

    [Fact]
    public void GetAccess_PlainHttp_IsForTheSamePortOfALocalApiOnly()
    {
        var emulator = new AddressPolicy(new Uri("http://127.0.0.1:5005/v2/"), DownloadHost.Documented);
        Assert.Equal(HostAccess.WithToken, emulator.GetAccess(new Uri("http://127.0.0.1:5005/ambry/?x-li-ambry-ep=AQ")));
        Assert.Equal(HostAccess.Denied, emulator.GetAccess(new Uri("http://127.0.0.1:5006/ambry/")));
        Assert.Equal(HostAccess.Denied, emulator.GetAccess(new Uri("http://localhost:5005/ambry/")));
    }

    [Theory]
    [InlineData("https://api.linkedin.com/v2", "https://api.linkedin.com/v2/")]
    [InlineData("https://api.linkedin.com/v2/", "https://api.linkedin.com/v2/")]
    [InlineData("http://localhost:5005/v2", "http://localhost:5005/v2/")]
    public void ValidateApiUri_Address_EndsWithSlash(string given, string used) =>
        Assert.Equal(used, AddressPolicy.ValidateApiUri(new Uri(given)).AbsoluteUri);

    [Theory]
    [InlineData("http://api.linkedin.com/v2/")]
    [InlineData("https://user@api.linkedin.com/v2/")]
    [InlineData("https://api.linkedin.com/v2/?x=1")]
    [InlineData("https://api.linkedin.com/v2/#x")]
    [InlineData("ftp://api.linkedin.com/v2/")]
    [InlineData("ftp://localhost/v2/")]
    [InlineData("file:///v2/")]
    [InlineData("https://api\uFFFD.linkedin.com/v2/")]
    [InlineData("v2/")]
    public void ValidateApiUri_OtherAddress_IsAnError(string given)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            AddressPolicy.ValidateApiUri(new Uri(given, UriKind.RelativeOrAbsolute))
        );
        Assert.Equal(LinkedInErrorId.InvalidAddress, error.Id);
    }

    [Fact]
    public void ValidateTokenUri_Address_IsUsedAsGiven() =>
        Assert.Equal(
            "https://www.linkedin.com/oauth/v2/accessToken",
            AddressPolicy.ValidateTokenUri(new Uri("https://www.linkedin.com/oauth/v2/accessToken")).AbsoluteUri
        );
}
