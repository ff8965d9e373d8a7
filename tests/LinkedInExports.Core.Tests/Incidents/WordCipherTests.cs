using System.Globalization;
using LinkedInExports.Core.Incidents;

namespace LinkedInExports.Core.Tests.Incidents;

public sealed class WordCipherTests
{
    [Theory]
    [InlineData(1, 9)]
    [InlineData(10, 99)]
    [InlineData(100, 999)]
    [InlineData(1000, 9999)]
    public void Encrypt_NumbersOfOneLength_IsPermutation(int first, int last)
    {
        string[] numbers =
        [
            .. Enumerable.Range(first, last - first + 1).Select(number => number.ToString(CultureInfo.InvariantCulture)),
        ];
        var cipher = new WordCipher();

        Assert.Equal(numbers, numbers.Select(cipher.Encrypt).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Anna-77_b.c@D", "Xxxx-11_x.x@X")]
    [InlineData("0042", "0111")]
    [InlineData("ß语é", "xxx")]
    [InlineData("", "")]
    public void Encrypt_Word_KeepsKindsAndLength(string word, string form)
    {
        string pseudonym = new WordCipher().Encrypt(word);

        Assert.Equal(
            form,
            string.Concat(
                pseudonym.Select(
                    (character, index) =>
                        char.IsAsciiDigit(character) && !(character == '0' && index == 0) ? '1'
                        : char.IsAsciiLetterLower(character) ? 'x'
                        : char.IsAsciiLetterUpper(character) ? 'X'
                        : character
                )
            )
        );
    }

    [Fact]
    public void Encrypt_LargestNumbers_RemainLong()
    {
        var cipher = new WordCipher();

        for (long number = long.MaxValue; number > long.MaxValue - 200; number--)
        {
            string pseudonym = cipher.Encrypt(number.ToString(CultureInfo.InvariantCulture));
            Assert.True(long.TryParse(pseudonym, CultureInfo.InvariantCulture, out _), pseudonym);
        }
    }

    [Fact]
    public void Encrypt_OtherKey_HasOtherPseudonyms()
    {
        const string word = "AQXkZ7wPcn4Rv9tBf2Lq8sJd6Hy3Gm5Wx1Ve0Uo";

        string[] pseudonyms = [.. Enumerable.Range(0, 100).Select(_ => new WordCipher().Encrypt(word))];

        Assert.Equal(pseudonyms.Length, pseudonyms.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(word, pseudonyms);
    }

    /// <summary>The test vector of the authors of SipHash-2-4.</summary>
    [Fact]
    public void SipHash_PublishedVector_IsEqual()
    {
        byte[] input = [.. Enumerable.Range(0, 15).Select(value => (byte)value)];

        Assert.Equal(0xa129ca6149be45e5, SipHash.Compute(0x0706050403020100, 0x0f0e0d0c0b0a0908, input));
    }
}
