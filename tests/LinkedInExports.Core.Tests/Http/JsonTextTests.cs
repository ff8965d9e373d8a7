using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"plain ü 😀\"", "plain ü 😀")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00fC.\"", "\"\\/\b\f\n\r\tAü.")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"half \\ud83d\"", "half \uFFFD")]
    [InlineData("\"\\ud83d half\"", "\uFFFD half")]
    [InlineData("\"\\ude00\\ud83d\"", "\uFFFD\uFFFD")]
    [InlineData("\"\\ud83d😀\\ude00\"", "\uFFFD😀\uFFFD")]
    [InlineData("\"😀\\ud83d😀\"", "😀\uFFFD😀")]
    public void Read_String_ReturnsItsTextWithInvalidPartsReplaced(string json, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        Assert.Equal(expected, Read(new ReadOnlySequence<byte>(bytes)));
        Assert.Equal(expected, Read(Split(bytes)));
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_ReplacesThem() =>
        Assert.Equal("a\uFFFDb", Read(new ReadOnlySequence<byte>([(byte)'"', (byte)'a', 0xFF, (byte)'b', (byte)'"'])));

    [Fact]
    public void Read_AnyValidString_ReturnsWhatTheSerializerWrote()
    {
        Gen<string> texts = Gen.Elements(
                "a",
                "\"",
                "\\",
                "/",
                "\n",
                "\u0001",
                "\u001F",
                "ü",
                "\u2028",
                "日",
                "😀",
                "&",
                "\\u0041"
            )
            .ArrayOf()
            .Select(string.Concat);
        Prop.ForAll(
                texts.ToArbitrary(),
                text => Read(new ReadOnlySequence<byte>(JsonSerializer.SerializeToUtf8Bytes(text))) == text
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static string Read(ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Assert.True(reader.Read());
        return JsonText.Read(ref reader);
    }

    /// <summary>Puts each byte into its own segment.</summary>
    private static ReadOnlySequence<byte> Split(byte[] bytes)
    {
        Segment first = new(bytes.AsMemory(0, 1), null);
        Segment last = first;
        for (int at = 1; at < bytes.Length; at++)
            last = new Segment(bytes.AsMemory(at, 1), last);
        return new ReadOnlySequence<byte>(first, 0, last, 1);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        internal Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null)
                return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
