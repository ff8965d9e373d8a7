using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class DownloadHostTests
{
    [Theory]
    [InlineData("files.example.com", "files.example.com", false)]
    [InlineData(" localhost ", "localhost", false)]
    [InlineData("127.0.0.1=token", "127.0.0.1", true)]
    [InlineData("files.example.com=Token", "files.example.com", true)]
    public void Parse_NameWithOrWithoutToken_ReturnsHost(string text, string name, bool receivesToken) =>
        Assert.Equal(new DownloadHost(name, receivesToken), DownloadHost.Parse(text));

    [Theory]
    [InlineData("https://www.linkedin.com")]
    [InlineData("www.linkedin.com/ambry")]
    [InlineData("www.linkedin.com:443")]
    [InlineData("*.linkedin.com")]
    [InlineData("=token")]
    [InlineData("")]
    public void Parse_OtherText_Throws(string host)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => DownloadHost.Parse(host));
        Assert.Equal((LinkedInErrorId.InvalidAddress, host), (error.Id, error.Target));
    }
}
