using System.Text;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

public sealed class ChecksummedLineTests
{
    private static readonly byte[] Json = "{}"u8.ToArray();

    /// <summary>The format of existing ledgers: other programs can check it with SHA-256.</summary>
    [Theory]
    [InlineData(null, "44136fa355b3678a {}\n")]
    [InlineData(0x44136fa355b3678aUL, "a2a7202a6fa53f14 {}\n")]
    public void Encode_Line_HasTheDocumentedFormat(ulong? previous, string expected) =>
        Assert.Equal(expected, Encoding.ASCII.GetString(ChecksummedLine.Encode(Json, previous)));

    [Fact]
    public void TryDecode_EncodedLine_ReturnsChecksumAndJson()
    {
        byte[] line = ChecksummedLine.Encode(Json, previous: 7, out ulong check);
        Assert.True(ChecksummedLine.TryDecode(line.AsSpan(0, line.Length - 1), out ulong read, out byte[] json));
        Assert.Equal((check, ChecksummedLine.Compute(Json, 7)), (read, check));
        Assert.Equal(Json, json);
    }

    [Fact]
    public void Compute_AnyChangeOfTheChain_ChangesTheChecksum()
    {
        ulong[] checks =
        [
            ChecksummedLine.Compute(Json, null),
            ChecksummedLine.Compute(Json, 0),
            ChecksummedLine.Compute(Json, 1),
            ChecksummedLine.Compute("{ }"u8.ToArray(), 1),
        ];
        Assert.Equal(checks.Length, checks.Distinct().Count());
    }

    [Theory]
    [InlineData("0123456789abcdef {", true)]
    [InlineData("0123456789abcdef ", false)]
    [InlineData("", false)]
    [InlineData("0123456789abcdef", false)]
    [InlineData("0123456789abcdef_{}", false)]
    [InlineData("0123456789abcdeF {}", false)]
    [InlineData("0123456789abcdeg {}", false)]
    [InlineData("0123456789abcde` {}", false)]
    [InlineData("/123456789abcdef {}", false)]
    [InlineData(":123456789abcdef {}", false)]
    [InlineData("0123456789abcde {} ", false)]
    public void TryDecode_Text_RequiresSixteenDigitsSpaceAndContent(string text, bool expected)
    {
        Assert.Equal(expected, ChecksummedLine.TryDecode(Encoding.ASCII.GetBytes(text), out ulong check, out byte[] json));
        if (expected)
            Assert.Equal((0x0123456789abcdefUL, 1), (check, json.Length));
    }
}
