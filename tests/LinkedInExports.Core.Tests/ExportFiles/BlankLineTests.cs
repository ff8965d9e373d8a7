using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>Save-ExportFile counts the rows that Import-ExportFile reads.</summary>
public sealed class BlankLineTests : IDisposable
{
    private static readonly string[] Pieces =
    [
        "a",
        "b",
        "é",
        ",",
        ";",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\"x\"",
        "\"\"",
        "\"a\nb\"",
        " ",
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("seatId\n7\n\n8\n", "7", "", "8")]
    [InlineData("seatId\r\n\r\n7\r\n", "", "7")]
    [InlineData("\n\r\n\nseatId\n7\n\n", "7", "")]
    [InlineData("seatId\n7\n\"\"\n", "7", "")]
    [InlineData("seatId\n7\n", "7")]
    [InlineData("seatId\n")]
    [InlineData("\n\n")]
    public void Read_BlankLineInFileOfOneColumn_IsARecordWithAnEmptyValue(string text, params string[] values)
    {
        string path = _folder.Write("seat.csv", text);
        Assert.Equal(values, Read(path, new RecordingOutput()).Select(record => ((IExtraColumns)record).GetExtra(0)));
        Assert.Equal(text.Trim().Length == 0 ? 0 : values.Length + 1, Shape(text).RowCount);
    }

    [Fact]
    public void Read_BlankLineInFileOfSeveralColumns_IsNoRow()
    {
        const string Text = "seatId,name\n\n7,a\n\r\n\n8,b\n\n";
        var recorder = new RecordingOutput();
        Assert.Equal(2, Read(_folder.Write("seat.csv", Text), recorder).Length);
        Assert.Empty(recorder.All);
        Assert.Equal(3, Shape(Text).RowCount);
    }

    [Fact]
    public void Read_MalformedRowAfterBlankLines_HasTheNumberOfARowOfData()
    {
        string path = _folder.Write("seat.csv", "seatId,name\n\n7,a\n\n\nbroken\n\n8,\"b\"x\n");
        var recorder = new RecordingOutput();
        Assert.Single(Read(path, recorder));
        Assert.Equal([$"{path}:2", $"{path}:3"], recorder.Errors.Select(error => error.Target));
    }

    /// <summary>Every row after the header is a record or an error.</summary>
    [Fact]
    public void Read_AnyText_HasTheRowsThatAreCountedWhenItIsSaved()
    {
        Gen<string> texts =
            from header in Gen.Elements("seatId", "seatId,name", "\"seat\nId\";x", "\n\nseatId\tb")
            from pieces in Gen.Elements(Pieces).ListOf()
            select header + "\n" + string.Concat(pieces);
        Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                {
                    var recorder = new RecordingOutput();
                    int records = Read(_folder.Write("seat.csv", text), recorder).Length;
                    Assert.Equal(Shape(text).RowCount - 1, records + recorder.Errors.Length);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(ExhaustiveTests.IsEnabled ? 10_000 : 1000));
    }

    private static object[] Read(string path, RecordingOutput recorder) =>
        [
            .. ExportFileReader.Read(
                path,
                new ImportOptions { ExportType = ExportType.Seat, MalformedRow = MalformedRowAction.Skip },
                recorder,
                CancellationToken.None
            ),
        ];

    private static CsvProfile Shape(string text) =>
        CsvProfile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None).GetAwaiter().GetResult();
}
