using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>Rows and headers that are not valid.</summary>
public sealed class MalformedRowTests : IDisposable
{
    private readonly ReaderFixture _reader = new();

    public void Dispose() => _reader.Dispose();

    public static TheoryData<string, string> MalformedRows =>
        new()
        {
            { "b,LEAD,3", "row 2 has 3 of 4 values; the first missing value is that of column 4 (createdAt)." },
            { "b,LEAD,3,4,5", "row 2 has 5 values for 4 columns." },
            { "b,LEAD,3s,4", "row 2 column 3 (expiredAt) is not a time in milliseconds since 1970." },
            { "b,LEAD,3,", "row 2 column 4 (createdAt) is not a time in milliseconds since 1970." },
            { "b,LEAD,3,999999999999999999", "row 2 column 4 (createdAt) is not a time in milliseconds since 1970." },
            { ",LEAD,3,4", "row 2 column 1 (crmId) is empty." },
            { "b\"x,LEAD,3,4", "row 2 has a quote in an unquoted field." },
            { "\"b\"x,LEAD,3,4", "row 2 has text after the closing quote of a field." },
        };

    [Theory]
    [MemberData(nameof(MalformedRows))]
    public void Read_MalformedRow_ThrowsAfterEarlierRecords(string row, string problem)
    {
        string path = _reader.Folder.Write("bad.csv", $"{ReaderFixture.Header}\na,CONTACT,1,2\n{row}\nc,LEAD,5,6\n");
        var records = new List<string>();
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
        {
            foreach (object record in ExportFileReader.Read(path, new ImportOptions(), _reader.Recorder, CancellationToken.None))
                records.Add(ReaderFixture.Show((CrmValidationRecord)record));
        });

        Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
        Assert.Equal($"{path}: {problem}", error.Message);
        Assert.Equal(["CONTACT a 1 2"], records);
    }

    [Theory]
    [MemberData(nameof(MalformedRows))]
    public void Read_MalformedRowWithSkip_ReportsAndContinues(string row, string problem)
    {
        string path = _reader.Folder.Write("bad.csv", $"{ReaderFixture.Header}\na,CONTACT,1,2\n{row}\nc,LEAD,5,6\nd,LEAD,x,6\n");
        CrmValidationRecord[] records = _reader.ReadFile(path, new ImportOptions { MalformedRow = MalformedRowAction.Skip });

        Assert.Equal(["CONTACT a 1 2", "LEAD c 5 6"], records.Select(ReaderFixture.Show));
        Assert.Equal(
            [$"{path}: {problem}", $"{path}: row 4 column 3 (expiredAt) is not a time in milliseconds since 1970."],
            _reader.Recorder.Errors.Select(error => error.Message)
        );
        Assert.Equal([$"{path}: 2 malformed rows were skipped."], _reader.Recorder.Warnings);
    }

    [Fact]
    public void Read_UnclosedQuote_Throws()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            _reader.Read($"{ReaderFixture.Header}\na,CONTACT,1,2\n\"b,LEAD,3,4\nc,LEAD,5,6\n")
        );
        Assert.Contains("row 2 has a quote that is not closed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndlessRow_ThrowsWithoutFillingMemory()
    {
        string path = _reader.Folder.File("endless.csv");
        using (StreamWriter writer = File.CreateText(path))
        {
            writer.Write($"{ReaderFixture.Header}\na,CONTACT,1,2\n\"");
            for (int i = 0; i < 40; i++)
                writer.Write(new string('x', 1024 * 1024));
        }

        LinkedInException error = Assert.Throws<LinkedInException>(() => _reader.ReadFile(path));
        Assert.Contains("row 2 is longer than 16 MB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MalformedHeader_Throws()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            _reader.Read($"crm\"Id,crmRecordType,expiredAt,createdAt\n{ReaderFixture.Header}\na,CONTACT,1,2\n")
        );
        Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
        Assert.Contains("the header", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvalidValue_ErrorHasNoValues()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            _reader.Read($"{ReaderFixture.Header}\nsecret-person,CONTACT,secret-time,2\n")
        );
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret-a,secret-b,1\n", "has 3 of 4 values")]
    [InlineData("secret-a,secret-b,1,2,secret-c\n", "has 5 values")]
    [InlineData("secret-a,sec\"ret-b,1,2\n", "quote in an unquoted")]
    [InlineData("\"secret-a\"secret,b,1,2\n", "text after the closing quote")]
    [InlineData("\"secret-a,b,1,2\n", "not closed")]
    [InlineData(",secret-b,1,2\n", "is empty")]
    [InlineData("secret-a,b,secret-1,2\n", "is not a time")]
    public void Read_AnyMalformedRow_ErrorHasNoValues(string row, string problem)
    {
        string path = _reader.Folder.Write("secret.csv", $"{ReaderFixture.Header}\n{row}");
        var recorder = new RecordingOutput();
        Assert.Empty(
            ExportFileReader.Read(
                path,
                new ImportOptions { MalformedRow = MalformedRowAction.Skip },
                recorder,
                CancellationToken.None
            )
        );
        LinkedInException error = Assert.Single(recorder.Errors);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "secret",
            recorder.GetAllText().Replace(path, "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }
}
