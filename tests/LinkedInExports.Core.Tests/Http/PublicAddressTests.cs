using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("192.168.0.1", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("fc00::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:0a00:0001::", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("::", false)]
    public void IsPublic_AnyAddress_ReturnsFalseIfReserved(string address, bool expected) =>
        Assert.Equal(expected, PublicAddress.IsPublic(System.Net.IPAddress.Parse(address)));
}
