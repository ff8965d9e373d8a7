using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Models.Jobs;

public sealed class SignedUrlTests
{
    [Theory]
    [InlineData("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQsignature", "https://www.linkedin.com/ambry/?…")]
    [InlineData("https://user:pass@www.linkedin.com/ambry/", "https://www.linkedin.com/ambry/?…")]
    [InlineData("https://www.linkedin.com/v8Kq2Tz6Rn0Yb4Lw/a", "https://www.linkedin.com/***/a?…")]
    [InlineData("https://www.v8Kq2Tz6Rn0Yb4Lw.com/a", "https://www.***.com/a?…")]
    [InlineData("https://www.linkedin.com/ambry/%3Ex-li-ambry-ep=AQsignature", "https://www.linkedin.com/ambry/?…")]
    [InlineData("https://www.linkedin.com/ambry/;x-li-ambry-ep=AQsignature", "https://www.linkedin.com/ambry/?…")]
    [InlineData(
        "https://media.licdn.com/0123456789012345678901234567890123456789012345678901234567890123456789/a",
        "https://media.licdn.com/?…"
    )]
    public void ToString_AnyLink_ShowsNeitherSignatureNorToken(string link, string expected)
    {
        var token = new Secret("v8Kq2Tz6Rn0Yb4Lw");
        Assert.Equal(expected, new SignedUrl(new Uri(link)).ToString());
        GC.KeepAlive(token);
    }
}
