using System.Net;
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
        Assert.Equal(expected, PublicAddress.IsPublic(IPAddress.Parse(address)));

    /// <summary>The blocks of RFC 6890 and its successors that no public server has.</summary>
    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255")]
    [InlineData("10.0.0.0", "10.255.255.255")]
    [InlineData("100.64.0.0", "100.127.255.255")]
    [InlineData("127.0.0.0", "127.255.255.255")]
    [InlineData("169.254.0.0", "169.254.255.255")]
    [InlineData("172.16.0.0", "172.31.255.255")]
    [InlineData("192.0.0.0", "192.0.0.255")]
    [InlineData("192.0.2.0", "192.0.2.255")]
    [InlineData("192.88.99.0", "192.88.99.255")]
    [InlineData("192.168.0.0", "192.168.255.255")]
    [InlineData("198.18.0.0", "198.19.255.255")]
    [InlineData("198.51.100.0", "198.51.100.255")]
    [InlineData("203.0.113.0", "203.0.113.255")]
    [InlineData("224.0.0.0", "255.255.255.255")]
    [InlineData("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void IsPublic_ReservedBlock_EndsAtItsLimits(string first, string last)
    {
        byte[] start = IPAddress.Parse(first).GetAddressBytes();
        byte[] end = IPAddress.Parse(last).GetAddressBytes();
        Assert.False(PublicAddress.IsPublic(new IPAddress(start)));
        Assert.False(PublicAddress.IsPublic(new IPAddress(end)));
        if (start.Any(unit => unit != 0))
            Assert.True(PublicAddress.IsPublic(Move(start, -1)));
        if (end.Any(unit => unit != 255))
            Assert.True(PublicAddress.IsPublic(Move(end, 1)));
    }

    [Theory]
    [InlineData("2a01:db8::1")]
    [InlineData("2011:db8::1")]
    [InlineData("2a01:100::1")]
    [InlineData("2011:100::1")]
    [InlineData("2a02:2e0::1")]
    [InlineData("2001:cb8::1")]
    [InlineData("2001:d00::1")]
    public void IsPublic_AddressLikeAReservedOne_ReturnsTrue(string address) =>
        Assert.True(PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    public void IsPublic_MappedIPv4Address_IsDecidedByThatAddress(string address, bool expected) =>
        Assert.Equal(expected, PublicAddress.IsPublic(IPAddress.Parse(address)));

    /// <summary>Gets the address before or after another one.</summary>
    private static IPAddress Move(byte[] address, int by)
    {
        var number = new System.Numerics.BigInteger(address, isUnsigned: true, isBigEndian: true) + by;
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new IPAddress([.. new byte[address.Length - bytes.Length], .. bytes]);
    }
}
