using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>The fast row counter returns the same as CsvHelper.</summary>
public sealed class CsvProfileTests
{
    /// <summary>Characters with a meaning in CSV or at the start of a file.</summary>
    private static readonly byte[][] Pieces =
    [
        [(byte)'a'],
        [(byte)'a'],
        "bc"u8.ToArray(),
        [(byte)','],
        [(byte)','],
        [(byte)'\n'],
        [(byte)'\n'],
        [(byte)'\r'],
        "\r\n"u8.ToArray(),
        [(byte)'"'],
        "\"\""u8.ToArray(),
        [(byte)' '],
        [0],
        "é"u8.ToArray(),
        [0xEF, 0xBB, 0xBF],
        [0xFE, 0xFF],
        [0xFF, 0xFE],
    ];

    [Theory]
    [InlineData(false, 5000)]
    [InlineData(true, 2000)]
    public void ReadAsync_AnyText_MatchesCsvHelper(bool isPlain, int texts)
    {
        Gen<(byte[] Text, int[] Sizes)> cases =
            from text in Gen.Elements(isPlain ? Pieces[..7] : Pieces).ListOf()
            from sizes in Gen.Choose(1, 9).NonEmptyListOf()
            select (text.SelectMany(piece => piece).ToArray(), sizes.ToArray());
        Prop.ForAll(cases.ToArbitrary(), one => AreSame(one.Text, one.Sizes))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(texts));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void ReadAsync_RowLongerThanBuffer_CountsOnce(int rowsBefore)
    {
        string text =
            string.Concat(Enumerable.Repeat("a,b\n", rowsBefore)) + new string('x', 3 * CsvDialect.BufferBytes) + ",y\nc,d\n";
        AreSame(Encoding.UTF8.GetBytes(text), [CsvDialect.BufferBytes]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "\"3\",4\n5")]
    [InlineData("a,b\n1,2\n", "\r\n\r\n")]
    [InlineData("a,b\n1,2\n", "3,\"4")]
    public void ReadAsync_QuotesAfterPlainRows_AreParsed(string plain, string rest)
    {
        byte[] text = Encoding.UTF8.GetBytes(plain + rest);
        AreSame(text, [plain.Length]);
        AreSame(text, [text.Length]);
    }

    [Fact]
    public async Task ReadAsync_EndlessRow_Throws()
    {
        byte[] text = new byte[CsvDialect.MaxRowBytes + (4 * CsvDialect.BufferBytes)];
        text.AsSpan().Fill((byte)'x');
        "a,b\n"u8.CopyTo(text);
        await Assert.ThrowsAsync<CsvFormatException>(() => CsvProfile.ReadAsync(new MemoryStream(text), CancellationToken.None));
    }

    private static void AreSame(byte[] text, int[] sizes)
    {
        CsvProfile shape = CsvProfile
            .ReadAsync(new PiecewiseStream(text, sizes), CancellationToken.None)
            .GetAwaiter()
            .GetResult();
        Assert.Equal(
            ByCsvHelper(text),
            (string.Join('|', shape.FirstRow), shape.RowCount, shape.LastValueLength, shape.IsLastRowComplete)
        );
    }

    /// <summary>Counts the rows by reading each of them.</summary>
    private static (string FirstRow, long Rows, int LastValueLength, bool LastRowIsWhole) ByCsvHelper(byte[] text)
    {
        string[] firstRow = [];
        long rows = 0;
        int fields = 0;
        int lastValueLength = 0;
        bool quoteLeftOpen = false;
        using CsvReader reader = CsvReader.Create(
            new MemoryStream(text),
            CsvDialect.ForCounting(',', row => quoteLeftOpen |= row.Reason == CsvMalformedReason.UnterminatedQuote)
        );
        while (reader.Read())
        {
            // In a file of one column, a blank line is an empty value.
            if (reader.RawRecord.IsEmpty && (rows == 0 || firstRow.Length > 1))
                continue;
            if (rows++ == 0)
                firstRow = reader.Current.ToArray();
            fields = reader.FieldCount;
            lastValueLength = fields == 0 ? 0 : reader.GetSpan(fields - 1).Length;
        }

        return (string.Join('|', firstRow), rows, lastValueLength, fields == firstRow.Length && !quoteLeftOpen);
    }
}
