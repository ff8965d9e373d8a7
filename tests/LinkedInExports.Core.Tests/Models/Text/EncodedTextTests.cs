using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Models.Text;

public sealed class EncodedTextTests
{
    [Theory]
    [InlineData("%41%4a%4A%7e%FF", "AJJ~ÿ")]
    [InlineData("%2541", "%41")]
    [InlineData("\\u0041\\u00fC\\/\\\"\\\\", "Aü/\"\\")]
    [InlineData("&amp;&lt;&gt;&quot;&apos;", "&<>\"'")]
    [InlineData("&#65;&#0065;&#x41;&#X4a;&#xFFFF;&#65535;", "AAAJ\uFFFF\uFFFF")]
    [InlineData("&#0000065;", "A")]
    [InlineData("a%20&amp;\\u0041 b", "a &A b")]
    [InlineData("+%2B", "++")]
    public void Decode_Escapes_ReturnsCharacters(string source, string expected) =>
        Assert.Equal(expected, EncodedText.From(source).Decode()?.Text);

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("a+b")]
    [InlineData("%")]
    [InlineData("100%")]
    [InlineData("%4")]
    [InlineData("%4g")]
    [InlineData("%/0")]
    [InlineData("%:0")]
    [InlineData("%@0")]
    [InlineData("%G0")]
    [InlineData("%`0")]
    [InlineData("\\")]
    [InlineData("\\n")]
    [InlineData("\\U0041")]
    [InlineData("\\u")]
    [InlineData("\\u004")]
    [InlineData("\\u004g")]
    [InlineData("u0041")]
    [InlineData("&")]
    [InlineData("&;")]
    [InlineData("&amp")]
    [InlineData("&nbsp;")]
    [InlineData("&AMP;")]
    [InlineData("&#;")]
    [InlineData("&#x;")]
    [InlineData("&#4a;")]
    [InlineData("&#xG;")]
    [InlineData("&#65536;")]
    [InlineData("&#x10000;")]
    [InlineData("&00000065;")]
    [InlineData("&#00000065;")]
    public void Decode_NoOrIncompleteEscape_ReturnsNull(string source) => Assert.Null(EncodedText.From(source).Decode());

    [Fact]
    public void Decode_IncompleteEscapeBesideCompleteOne_KeepsIt() =>
        Assert.Equal("%4 A&amp %", EncodedText.From("%4 %41&amp %").Decode()?.Text);

    [Theory]
    [InlineData("x%41y", 1, 2, ".###.")]
    [InlineData("x\\u0041y", 0, 2, "#######.")]
    [InlineData("&amp;b&lt;", 1, 3, ".....#####")]
    [InlineData("%2541", 0, 1, "#####")]
    [InlineData("a%26amp;b", 1, 2, ".#######.")]
    public void MaskSource_DecodedTwice_MarksTheWholeEscape(string source, int start, int end, string expected)
    {
        EncodedText text = EncodedText.From(source);
        while (text.Decode() is { } decoded)
            text = decoded;
        bool[]? marks = null;
        text.MaskSource(start, end, ref marks);
        Assert.Equal(expected, string.Concat(marks!.Select(mark => mark ? '#' : '.')));
    }

    [Fact]
    public void MaskSource_SeveralParts_AddsThem()
    {
        EncodedText text = EncodedText.From("abcd");
        bool[]? marks = null;
        text.MaskSource(0, 1, ref marks);
        text.MaskSource(3, 4, ref marks);
        Assert.Equal([true, false, false, true], marks!);
    }

    /// <summary>Whatever a character was written as, the mark of it covers exactly that.</summary>
    [Fact]
    public void MaskSource_AnyCharacterOfAnyEncodedText_MarksItsEscape()
    {
        Gen<string[]> pieces = Gen.Elements(
                "a",
                "+",
                "%41",
                "\\u0042",
                "\\/",
                "&#67;",
                "&#x44;",
                "&quot;",
                "%",
                "&",
                "&amp",
                "\\n"
            )
            .ArrayOf();
        Prop.ForAll(
                pieces.ToArbitrary(),
                parts =>
                {
                    string source = string.Concat(parts);
                    EncodedText text = EncodedText.From(source).Decode() ?? EncodedText.From(source);
                    int last = 0;
                    for (int at = 0; at < text.Text.Length; at++)
                    {
                        bool[]? marks = null;
                        text.MaskSource(at, at + 1, ref marks);
                        int first = Array.IndexOf(marks!, true);
                        int end = Array.LastIndexOf(marks!, true) + 1;
                        string escape = source[first..end];
                        if (first != last || marks!.Length != source.Length)
                            return false;
                        if ((EncodedText.From(escape).Decode()?.Text ?? escape) != text.Text[at].ToString())
                            return false;
                        last = end;
                    }

                    return last == source.Length;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
