using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class UriRedactorTests
{
    [Theory]
    [InlineData("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQSECRET#SECRET", "https://www.linkedin.com/ambry/")]
    [InlineData("https://user:SECRET@cdn.example.com:8443/a/b.csv?sig=SECRET", "https://cdn.example.com:8443/a/b.csv")]
    [InlineData("http://SECRET@127.0.0.1:3128", "http://127.0.0.1:3128/")]
    [InlineData("https://[2606:4700::1111]/a?SECRET", "https://[2606:4700::1111]/a")]
    public void Redact_AbsoluteAddress_LeavesSchemeHostAndPath(string address, string expected) =>
        Assert.Equal(expected, UriRedactor.Redact(new Uri(address)));

    [Fact]
    public void Redact_RelativeAddress_ReturnsNoPartOfIt() =>
        Assert.DoesNotContain(
            "SECRET",
            UriRedactor.Redact(new Uri("/ambry/SECRET?x-li-ambry-ep=SECRET", UriKind.Relative)),
            StringComparison.Ordinal
        );
}
