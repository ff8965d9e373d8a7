using System.Globalization;
using System.Text;
using LinkedInExports.Core.Spreadsheets;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Spreadsheets;

public sealed class CsvFileWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Texts, and how a file for a spreadsheet contains them.</summary>
    public static TheoryData<string, string> Formulas =>
        new()
        {
            { "=1+1", "'=1+1" },
            { "+1", "'+1" },
            { "-1", "'-1" },
            { "@SUM(A1)", "'@SUM(A1)" },
            { " =1+1", "' =1+1" },
            { "\tx", "'\tx" },
            { "\t=1", "'\t'=1" },
            { "\r=1", "'\r'=1" },
            { "\n=1", "'\n'=1" },
            { "x;=1+1", "x;'=1+1" },
            { "x,=1+1", "x,'=1+1" },
            { "x\t@A1", "x\t'@A1" },
            { "x\n-1", "x\n'-1" },
            { "x; =1+1", "x;' =1+1" },
            { "x;\"=1\"", "x;'\"=1\"" },
            { "x;;+1", "x;;'+1" },
            { "=1;=2", "'=1;'=2" },
            { "a=1", "a=1" },
            { "a;b, c-d", "a;b, c-d" },
            { "", "" },
        };

    private string FilePath => _folder.File("records.csv");

    [Theory]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, DateOnly does not exist.
    [InlineData("en-US")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void Write_AnyCulture_WritesInvariantValues(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Write(
                Options(),
                [
                    ("Offset", new DateTimeOffset(2026, 3, 1, 1, 30, 0, 7, TimeSpan.FromHours(2))),
                    ("Utc", new DateTime(2026, 3, 1, 1, 30, 0, DateTimeKind.Utc)),
                    ("Unspecified", new DateTime(2026, 3, 1, 1, 30, 0, DateTimeKind.Unspecified)),
                    ("Date", new DateOnly(2026, 3, 1)),
                    ("Duration", TimeSpan.FromMinutes(90)),
                    ("Number", -1234.5),
                    ("Id", 1234567L),
                    ("Flag", true),
                    ("Type", ExportType.Seat),
                    ("List", new object[] { "a", 2.5, ExportType.Seat }),
                    ("Nested", new KeyValuePair<string, object?>[] { new("A", 1), new("B", null) }),
                    ("Nothing", null),
                ]
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(
            "Offset,Utc,Unspecified,Date,Duration,Number,Id,Flag,Type,List,Nested,Nothing\r\n"
                + "2026-02-28T23:30:00.007Z,2026-03-01T01:30:00.000Z,2026-03-01T01:30:00.000Z,2026-03-01,01:30:00,"
                + "-1234.5,1234567,True,Seat,\"a, 2.5, Seat\",\"A=1, B=\",\r\n",
            ReadText()
        );
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Write_Formula_IsEscapedUnlessRaw(string text, string escaped)
    {
        Write(Options(), [("=Name", text), ("Other", 1)]);
        Assert.Equal(["'=Name,Other", $"{escaped},1".Replace("\"", "")], ReadText().Replace("\"", "").Split("\r\n")[..2]);
        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(FilePath)[..3]);

        Write(Options() with { Raw = true }, [("=Name", text), ("Other", 1)]);
        Assert.Equal(["=Name,Other", $"{text},1".Replace("\"", "")], ReadText().Replace("\"", "").Split("\r\n")[..2]);
        Assert.Equal((byte)'=', File.ReadAllBytes(FilePath)[0]);
    }

    [Fact]
    public void Write_AdditionalProperty_ThrowsAndKeepsFile()
    {
        File.WriteAllText(FilePath, "old");
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Write(Options(), [("A", 1), ("B", 2)], [("A", 1)], [("A", 1), ("C", 2)])
        );
        Assert.Equal(LinkedInErrorId.ColumnMismatch, error.Id);
        Assert.Contains("'C'", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_Force_OmitsAdditionalProperties()
    {
        Write(Options() with { Force = true }, [("A", 1), ("B", 2)], [("b", 4), ("C", 5)]);
        Assert.Equal("A,B\r\n1,2\r\n,4\r\n", ReadText());
    }

    [Fact]
    public void Write_WithoutProperties_Throws() =>
        Assert.Equal(
            LinkedInErrorId.ColumnMismatch,
            Assert
                .Throws<LinkedInException>(() =>
                    Write(
                        Options(),
                        [
                            [],
                        ]
                    )
                )
                .Id
        );

    [Fact]
    public void Write_DuplicateProperty_Throws() =>
        Assert.Equal(
            LinkedInErrorId.DuplicateColumn,
            Assert.Throws<LinkedInException>(() => Write(Options(), [("A", 1), ("a", 2)])).Id
        );

    [Fact]
    public void Open_NoClobber_ThrowsIfFileExists()
    {
        CsvFileOptions options = Options() with { NoClobber = true };
        Write(options, [("A", 1)]);
        Assert.Equal(LinkedInErrorId.FileExists, Assert.Throws<LinkedInException>(() => Write(options, [("A", 2)])).Id);
        Assert.Equal("A\r\n1\r\n", ReadText());
    }

    [Fact]
    public void Append_SameColumns_AddsRecordsInAnyOrder()
    {
        CsvFileOptions options = Options() with { Append = true, Delimiter = ';' };
        Write(options, [("=A", "x"), ("B", "1;2")]);
        Write(options, [("B", 3), ("=A", "y")]);
        Assert.Equal("\"'=A\";B\r\nx;\"1;2\"\r\ny;3\r\n", ReadText());
        Assert.Equal(1, Encoding.UTF8.GetString(File.ReadAllBytes(FilePath)).Count(character => character == '\uFEFF'));
    }

    [Fact]
    public void Append_EscapedColumns_AreFound()
    {
        CsvFileOptions options = Options() with { Append = true };
        Write(options, [("x;=A", 1), ("\t=B", 2)]);
        Write(options, [("\t=B", 4), ("x;=A", 3)]);
        Assert.Equal("x;'=A,'\t'=B\r\n1,2\r\n3,4\r\n", ReadText().Replace("\"", ""));
    }

    [Fact]
    public void Append_FileWithoutFinalLineBreak_StartsNewLine()
    {
        File.WriteAllText(FilePath, "A\n1");
        Write(Options() with { Append = true }, [("A", 2)]);
        Assert.Equal("A\n1\r\n2\r\n", ReadText());
    }

    [Theory]
    [InlineData("C")]
    [InlineData("A")]
    public void Append_OtherColumns_ThrowsAndKeepsFile(string name)
    {
        Write(Options(), [("A", 1), ("B", 2)]);
        string before = ReadText();
        LinkedInException error = Assert.Throws<LinkedInException>(() => Write(Options() with { Append = true }, [(name, 1)]));
        Assert.Equal(LinkedInErrorId.ColumnMismatch, error.Id);
        Assert.Contains(name == "A" ? "'B'" : "'C'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ReadText());

        Write(Options() with { Append = true, Force = true }, [(name, 3)]);
        Assert.Equal(before + (name == "A" ? "3,\r\n" : ",\r\n"), ReadText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Append_EmptyFile_WritesHeader(string content)
    {
        File.WriteAllText(FilePath, content);
        Write(Options() with { Append = true }, [("A", 1)]);
        Assert.Equal("A\r\n1\r\n", ReadText());
    }

    [Fact]
    public void Append_Utf16File_Throws()
    {
        File.WriteAllText(FilePath, "A\r\n1\r\n", Encoding.Unicode);
        LinkedInException error = Assert.Throws<LinkedInException>(() => Write(Options() with { Append = true }, [("A", 2)]));
        Assert.Equal(LinkedInErrorId.FileReadFailed, error.Id);
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_WithoutCommit_KeepsFile()
    {
        File.WriteAllText(FilePath, "old");
        using (var writer = CsvFileWriter.Open(Options()))
            writer.Write([new("A", 1)]);
        Assert.Equal("old", File.ReadAllText(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private CsvFileOptions Options() => new() { Path = FilePath };

    private string ReadText() => File.ReadAllText(FilePath);

    private static void Write(CsvFileOptions options, params (string Name, object? Value)[][] records)
    {
        using var writer = CsvFileWriter.Open(options);
        foreach ((string Name, object? Value)[] record in records)
            writer.Write([.. record.Select(property => KeyValuePair.Create(property.Name, property.Value))]);
        writer.Commit();
    }
}
