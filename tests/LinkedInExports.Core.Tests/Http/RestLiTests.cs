using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class RestLiTests
{
    [Fact]
    public void Encode_AnyText_IsUnreservedAndDecodesToTheText()
    {
        const string unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
        Gen<string> texts = Gen.OneOf(Gen.Choose(0, 0x17F), Gen.Choose(0x20, 0x7E), Gen.Choose(0x4E00, 0x4E7F))
            .Select(code => (char)code)
            .ArrayOf()
            .Select(characters => new string(characters));
        Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                {
                    string encoded = RestLi.Encode(text);
                    return Uri.UnescapeDataString(encoded) == text
                        && encoded.All(character => character == '%' || unreserved.Contains(character))
                        && RestLi.Encode(unreserved) == unreserved;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Theory]
    [InlineData("X-RestLi-Id", "148", "148")]
    [InlineData("X-RestLi-Id", "", null)]
    [InlineData("X-LinkedIn-Id", "148", "148")]
    [InlineData("X-LinkedIn-Id", "", null)]
    [InlineData("Location", "/jobs/148", "148")]
    [InlineData("Location", "/jobs/148/", "148")]
    [InlineData("Location", "https://api.linkedin.com/v2/JOBS/148", "148")]
    [InlineData("Location", "/jobs/a%2Fb", "a/b")]
    [InlineData("Location", "/otherjobs/148", null)]
    [InlineData("Location", "/jobs", null)]
    [InlineData("Date", "148", null)]
    public void GetCreatedId_Header_ReturnsTheId(string header, string value, string? expected)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation(header, value);
        Assert.Equal(expected, RestLi.GetCreatedId(response, "jobs"));
    }

    [Fact]
    public void GetCreatedId_SeveralHeaders_PrefersTheNewest()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Location", "/jobs/1");
        Assert.Equal("1", RestLi.GetCreatedId(response, "jobs"));
        response.Headers.Add("X-LinkedIn-Id", "2");
        Assert.Equal("2", RestLi.GetCreatedId(response, "jobs"));
        response.Headers.Add("X-RestLi-Id", "3");
        Assert.Equal("3", RestLi.GetCreatedId(response, "jobs"));
    }
}
