using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>Each value is that of the file, or an error of its row.</summary>
public sealed class TextEncodingTests : IDisposable
{
    private const string Header = "crmId,crmRecordType,expiredAt,createdAt";

    private static readonly byte[][] InvalidUtf8 =
    [
        [0xFC],
        [0x80],
        [0xC0, 0x80],
        [0xC3],
        [0xE0, 0x80, 0x80],
        [0xED, 0xA0, 0x80],
        [0xF4, 0x90, 0x80, 0x80],
        [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xFF],
    ];

    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    static TextEncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<int> InvalidSequences => [.. Enumerable.Range(0, InvalidUtf8.Length)];

    public static TheoryData<string> Encodings =>
        ["utf-8", "windows-1252", "iso-8859-1", "utf-16", "utf-16BE", "utf-32", "shift_jis", "gb18030"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(InvalidSequences))]
    public void Read_RowWithInvalidUtf8_ReportsRowAndColumnAndReadsTheOthers(int sequence)
    {
        string path = Write([
            .. Bytes($"{Header}\na,CONTACT,1,2\nM"),
            .. InvalidUtf8[sequence],
            .. Bytes("ller,LEAD,3,4\nä,LEAD,5,6\n"),
        ]);

        Assert.Equal(["a", "ä"], ReadIds(path, new ImportOptions { MalformedRow = MalformedRowAction.Skip }));
        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
        Assert.Equal($"{path}: row 2 column 1 (crmId) has bytes that are not valid utf-8.", error.Message);
        Assert.Equal($"{path}:2", error.Target);
    }

    [Fact]
    public void Read_RowWithInvalidUtf8_EndsTheFileByDefault()
    {
        string path = Write([.. Bytes($"{Header}\na,CONTACT,1,2\nb,LE"), 0xE4, .. Bytes("D,3,4\nc,LEAD,5,6\n")]);
        LinkedInException error = Assert.Throws<LinkedInException>(() => ReadIds(path));
        Assert.Contains("row 2 column 2 (crmRecordType)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvalidUtf8InColumnThatIsNotDocumented_ReportsRowAndColumn()
    {
        string path = Write([.. Bytes($"{Header},Owner\na,CONTACT,1,2,\"J"), 0xF6, .. Bytes("rg, \"\"x\"\"\"\n")]);
        LinkedInException error = Assert.Throws<LinkedInException>(() => ReadIds(path));
        Assert.Contains("row 1 column 5 (Owner) has bytes that are not valid utf-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvalidUtf8InHeader_IsAnErrorOfTheHeader()
    {
        string path = Write([.. Bytes($"{Header},Gesch"), 0xE4, .. Bytes("ft\na,CONTACT,1,2,x\n")]);
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            ReadIds(path, new ImportOptions { MalformedRow = MalformedRowAction.Skip })
        );
        Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
        Assert.Contains("the header column 5 has bytes that are not valid utf-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SequenceCutByTheEndOfTheFile_IsAnErrorOfItsRow()
    {
        string path = Write([.. Bytes($"{Header},Owner\na,CONTACT,1,2,x\nb,CONTACT,1,2,"), 0xE6, 0xBC]);
        Assert.Equal(["a"], ReadIds(path, new ImportOptions { MalformedRow = MalformedRowAction.Skip }));
        Assert.Contains("row 2 column 5 (Owner)", Assert.Single(_recorder.Errors).Message, StringComparison.Ordinal);
    }

    /// <summary>Rows are read in blocks. Neither the position nor sequences across blocks change the result.</summary>
    [Fact]
    public void Read_InvalidBytesAnywhereInALargeFile_ReportsExactlyTheirRows()
    {
        var random = new Random(20261126);
        string[] names = ["x", "é", "漢", "𝄞", "Müller"];
        for (int file = 0; file < (ExhaustiveTests.IsEnabled ? 200 : 6); file++)
        {
            int rows = random.Next(5_000, 30_000);
            HashSet<int> bad = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(rows))];
            int firstNonAscii = random.Next(rows);
            using var text = new MemoryStream();
            text.Write(Bytes($"{Header}\n"));
            for (int row = 0; row < rows; row++)
            {
                text.Write(Bytes(row < firstNonAscii ? $"id-{row}" : $"id-{row}-{names[random.Next(names.Length)]}"));
                if (bad.Contains(row))
                    text.Write(InvalidUtf8[random.Next(InvalidUtf8.Length)]);
                text.Write(Bytes(",CONTACT,1,2\n"));
            }

            var recorder = new RecordingOutput();
            string path = Write(text.ToArray());
            int read = ExportFileReader
                .Read(path, new ImportOptions { MalformedRow = MalformedRowAction.Skip }, recorder, CancellationToken.None)
                .Count();
            Assert.Equal(rows - bad.Count, read);
            Assert.Equal(bad.Order().Select(row => $"{path}:{row + 1}"), recorder.Errors.Select(error => error.Target));
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Read_WithEncoding_DecodesTheFile(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        string id = name is "shift_jis" ? "漢字" : "Müller";
        string path = Write(encoding.GetBytes($"{Header},Ort\n{id},CONTACT,1,2,\"{id}, x\"\nb,LEAD,3,4,\n"));

        object[] records =
        [
            .. ExportFileReader.Read(path, new ImportOptions { Encoding = encoding }, _recorder, CancellationToken.None),
        ];
        Assert.Equal([id, "b"], records.Cast<CrmValidationRecord>().Select(record => record.CrmId));
        Assert.Equal($"{id}, x", ((IExtraColumns)records[0]).GetExtra(0));
        Assert.Empty(_recorder.All);
    }

    [Fact]
    public void Read_ByteOrderMark_TakesPrecedenceOverTheEncoding()
    {
        string path = _folder.Write(
            "mark.csv",
            $"{Header}\nMüller,CONTACT,1,2\n",
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
        );
        Assert.Equal(["Müller"], ReadIds(path, new ImportOptions { Encoding = Encoding.Latin1 }));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Read_LoneSurrogateInUtf16_IsAnErrorOfItsRow(string name)
    {
        var encoding = (Encoding)Encoding.GetEncoding(name).Clone();
        byte[] lone = name == "utf-16" ? [0x3D, 0xD8] : [0xD8, 0x3D];
        string path = Write([
            .. encoding.GetPreamble(),
            .. encoding.GetBytes($"{Header}\nä,CONTACT,1,2\nb"),
            .. lone,
            .. encoding.GetBytes(",LEAD,3,4\nc,LEAD,5,6\n"),
        ]);

        Assert.Equal(["ä", "c"], ReadIds(path, new ImportOptions { MalformedRow = MalformedRowAction.Skip }));
        Assert.Equal(
            $"{path}: row 2 column 1 (crmId) has bytes that are not valid {encoding.WebName}.",
            Assert.Single(_recorder.Errors).Message
        );
    }

    [Fact]
    public void Read_BytesThatTheGivenEncodingDoesNotHave_AreAnErrorOfTheirRow()
    {
        string path = Write(Bytes($"{Header}\nä,CONTACT,1,2\nb,LEAD,3,4\n"));
        Assert.Equal(
            ["b"],
            ReadIds(path, new ImportOptions { Encoding = Encoding.ASCII, MalformedRow = MalformedRowAction.Skip })
        );
        Assert.Contains(
            "row 1 column 1 (crmId) has bytes that are not valid us-ascii",
            Assert.Single(_recorder.Errors).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_ReplacementCharacterInTheFile_IsACharacterLikeAnyOther() =>
        Assert.Equal(["M\uFFFDller"], ReadIds(Write(Bytes($"{Header}\nM\uFFFDller,CONTACT,1,2\n"))));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Transcoder_InPiecesOfAnySize_GivesTheTextAsUtf8(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        Gen<(string Text, int[] Sizes)> cases =
            from text in Gen.Elements("a", "é", "漢", "𝄞", "\n", "ü", "\0").ListOf()
            from sizes in Gen.Choose(1, 7).NonEmptyListOf()
            select (string.Concat(text), sizes.ToArray());
        Prop.ForAll(
                cases.ToArbitrary(),
                one =>
                {
                    byte[] bytes = encoding.GetBytes(one.Text);
                    using var source = new PiecewiseStream(bytes, one.Sizes);
                    using var utf8 = new MemoryStream();
                    new Utf8Transcoder(source, encoding).CopyTo(utf8);
                    Assert.Equal(encoding.GetString(bytes), Encoding.UTF8.GetString(utf8.ToArray()));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("shift_jis")]
    [InlineData("gb18030")]
    public void Transcoder_AnyBytes_AreMarkedExactlyWhereTheyAreInvalid(string name)
    {
        var strict = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        Prop.ForAll<byte[], PositiveInt>(
                (bytes, size) =>
                {
                    using var source = new PiecewiseStream(bytes, [size.Get]);
                    using var utf8 = new MemoryStream();
                    new Utf8Transcoder(source, Encoding.GetEncoding(name)).CopyTo(utf8);
                    Assert.Equal(IsValid(strict, bytes), utf8.ToArray().AsSpan().IndexOf(Utf8Transcoder.Invalid) < 0);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

        static bool IsValid(Encoding encoding, byte[] bytes)
        {
            try
            {
                encoding.GetCharCount(bytes);
                return true;
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void Utf8Validator_WithoutVectorizedMethods_ReturnsTheSame()
    {
        byte[][] pieces =
        [
            .. InvalidUtf8,
            "a"u8.ToArray(),
            "é"u8.ToArray(),
            "漢"u8.ToArray(),
            "𝄞"u8.ToArray(),
            "abcdefgh"u8.ToArray(),
        ];
        Prop.ForAll(
                Gen.Elements(pieces).ListOf().ToArbitrary(),
                list =>
                {
                    byte[] bytes = [.. list.SelectMany(piece => piece)];
                    Assert.Equal(Utf8Validator.IsValid(bytes), Utf8Validator.IsValidScalar(bytes));
                    Assert.Equal(Utf8Validator.IsAscii(bytes), Utf8Validator.IsAsciiVectorized(bytes));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        Prop.ForAll<byte[]>(bytes => Assert.Equal(Utf8Validator.IsValid(bytes), Utf8Validator.IsValidScalar(bytes)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private string Write(byte[] bytes)
    {
        string path = _folder.File("export.csv");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string[] ReadIds(string path, ImportOptions? options = null) =>
        [
            .. ExportFileReader
                .Read(path, options ?? new ImportOptions(), _recorder, CancellationToken.None)
                .Cast<CrmValidationRecord>()
                .Select(record => record.CrmId!),
        ];
}
