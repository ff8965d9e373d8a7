using System.Globalization;
using System.Text;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

public sealed class ExportFileReaderTests : IDisposable
{
    private const string Header = "crmId,crmRecordType,expiredAt,createdAt";

    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Validations_ReturnsRecordsWithUtcTimes()
    {
        CrmValidationRecord[] records = Read($"{Header}\n0035g00000XYZ,CONTACT,1735700000123,1735707200000\n7,LEAD,0,-1\n");

        Assert.Equal(2, records.Length);
        Assert.Equal(("0035g00000XYZ", "CONTACT"), (records[0].CrmId, records[0].CrmRecordType));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1735700000123), records[0].ExpiredAt);
        Assert.Equal(TimeSpan.Zero, records[0].CreatedAt?.Offset);
        Assert.Equal(-1, records[1].CreatedAt?.ToUnixTimeMilliseconds());
        Assert.Equal(typeof(CrmValidationRecord), records[0].GetType());
    }

    [Fact]
    public void Read_TimesOfYears1To9999_AreSupported()
    {
        long first = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
        long last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        CrmValidationRecord record = Assert.Single(Read($"{Header}\na,CONTACT,{first},{last}\n"));
        Assert.Equal((first, last), (record.ExpiredAt?.ToUnixTimeMilliseconds(), record.CreatedAt?.ToUnixTimeMilliseconds()));

        foreach (
            (long expired, long created, string column) in new[] { (first - 1, 0L, "expiredAt"), (0L, last + 1, "createdAt") }
        )
        {
            LinkedInException error = Assert.Throws<LinkedInException>(() => Read($"{Header}\na,CONTACT,{expired},{created}\n"));
            Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
            Assert.Contains(column, error.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => new CrmValidationRecord("a", "CONTACT", expired, created));
        }
    }

    [Theory]
    [InlineData(Header + "\r\na,CONTACT,1,2\r\nb,LEAD,3,4\r\n")]
    [InlineData(Header + "\na,CONTACT,1,2\nb,LEAD,3,4")]
    [InlineData("\uFEFF" + Header + "\na,CONTACT,1,2\nb,LEAD,3,4\n")]
    [InlineData(Header + "\n\na,CONTACT,1,2\n\n\nb,LEAD,3,4\n\n")]
    [InlineData("CRMID, CrmRecordType ,EXPIREDAT,createdat\na,CONTACT,1,2\nb,LEAD,3,4\n")]
    [InlineData("createdAt,expiredAt,crmRecordType,crmId\n2,1,CONTACT,a\n4,3,LEAD,b\n")]
    [InlineData(
        "\"crmId\",\"crmRecordType\",\"expiredAt\",\"createdAt\"\n\"a\",\"CONTACT\",\"1\",\"2\"\n\"b\",\"LEAD\",\"3\",\"4\"\n"
    )]
    public void Read_FormatVariants_ReturnSameRecords(string text)
    {
        Assert.Equal(["CONTACT a 1 2", "LEAD b 3 4"], Read(text).Select(Show));
        Assert.Empty(_recorder.All);
    }

    [Fact]
    public void Read_Utf16WithByteOrderMark_IsDecoded()
    {
        string path = _folder.Write("utf16.csv", $"{Header}\nä,CONTACT,1,2\n", Encoding.Unicode);
        Assert.Equal(["CONTACT ä 1 2"], ReadFile(path).Select(Show));
    }

    [Fact]
    public void Read_QuotedValues_ArePreserved() =>
        Assert.Equal(
            ["CONTACT a,\"b\"\r\nc 1 2", "LEAD d 3 4"],
            Read($"{Header}\r\n\"a,\"\"b\"\"\r\nc\",CONTACT,1,2\r\nd,LEAD,3,4\r\n").Select(Show)
        );

    [Fact]
    public void Read_LargeFile_ReportsProgress()
    {
        var time = new FakeTimeProvider();
        string path = _folder.Write(
            "long.csv",
            Header + "\n" + string.Concat(Enumerable.Repeat("a,CONTACT,1,2\n", 20_000)),
            new UTF8Encoding(false)
        );
        foreach (object _ in ExportFileReader.Read(path, new ImportOptions(), _recorder, time, CancellationToken.None))
            time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond / 4));

        // Five seconds: four a second after the first, when a look at the clock falls due.
        Assert.InRange(_recorder.ProgressUpdates.Length, 5, 17);
        Assert.All(_recorder.ProgressUpdates, update => Assert.InRange(update.Percent, 1, 100));
        Assert.Equal(
            _recorder.ProgressUpdates.Select(update => update.Percent).Order(),
            _recorder.ProgressUpdates.Select(update => update.Percent)
        );
        Assert.Equal("Importing long.csv", _recorder.ProgressUpdates[0].Activity);
        Assert.Single(_recorder.ProgressUpdates, update => update.Completed);
        Assert.True(_recorder.ProgressUpdates[^1].Completed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF\r\n\n")]
    [InlineData(Header)]
    [InlineData(Header + "\r\n")]
    public void Read_EmptyFileOrHeaderOnly_ReturnsNothing(string text)
    {
        Assert.Empty(Read(text));
        Assert.Empty(_recorder.All);
    }

    [Fact]
    public void Read_UnknownColumns_AreKept()
    {
        CrmValidationRecord record = Assert.Single(
            Read("Owner,crmId,crmRecordType,expiredAt,,createdAt\n\"Ö, A\",a,CONTACT,1,x,2\n")
        );
        var extra = Assert.IsType<CrmValidationRecordWithExtraColumns>(record) as IExtraColumns;
        Assert.Equal(["Owner", "Column5"], extra.ExtraNames);
        Assert.Equal("Ö, A", extra.GetExtra(0));
        Assert.Equal("x", extra.GetExtra(1));
        Assert.Equal("CONTACT a 1 2", Show(record));
    }

    [Fact]
    public void Read_ColumnsOfNoExport_Throws()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => Read("name,age\nx,1\n"));
        Assert.Equal(LinkedInErrorId.UnknownExportType, error.Id);
        Assert.Contains("name, age", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Header + ",CRMID\na,CONTACT,1,2,b\n", "CRMID")]
    [InlineData(Header + ",x,X\na,CONTACT,1,2,b,c\n", "X")]
    public void Read_DuplicateColumn_Throws(string text, string name)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => Read(text));
        Assert.Equal(LinkedInErrorId.DuplicateColumn, error.Id);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> MalformedRows =>
        new()
        {
            { "b,LEAD,3", "row 2 has 3 of 4 values; the first that is missing is that of column 4 (createdAt)." },
            { "b,LEAD,3,4,5", "row 2 has 5 values for 4 columns." },
            { "b,LEAD,3s,4", "row 2 column 3 (expiredAt) is not a time in milliseconds since 1970." },
            { "b,LEAD,3,", "row 2 column 4 (createdAt) is not a time in milliseconds since 1970." },
            { "b,LEAD,3,999999999999999999", "row 2 column 4 (createdAt) is not a time in milliseconds since 1970." },
            { ",LEAD,3,4", "row 2 column 1 (crmId) is empty." },
            { "b\"x,LEAD,3,4", "row 2 has a quote inside a field that is not quoted." },
            { "\"b\"x,LEAD,3,4", "row 2 has text after the closing quote of a field." },
        };

    [Theory]
    [MemberData(nameof(MalformedRows))]
    public void Read_MalformedRow_ThrowsAfterEarlierRecords(string row, string problem)
    {
        string path = _folder.Write("bad.csv", $"{Header}\na,CONTACT,1,2\n{row}\nc,LEAD,5,6\n");
        var records = new List<string>();
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
        {
            foreach (object record in ExportFileReader.Read(path, new ImportOptions(), _recorder, CancellationToken.None))
                records.Add(Show((CrmValidationRecord)record));
        });

        Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
        Assert.Equal($"{path}: {problem}", error.Message);
        Assert.Equal(["CONTACT a 1 2"], records);
    }

    [Theory]
    [MemberData(nameof(MalformedRows))]
    public void Read_MalformedRowWithSkip_ReportsAndContinues(string row, string problem)
    {
        string path = _folder.Write("bad.csv", $"{Header}\na,CONTACT,1,2\n{row}\nc,LEAD,5,6\nd,LEAD,x,6\n");
        CrmValidationRecord[] records = ReadFile(path, new ImportOptions { MalformedRow = MalformedRowAction.Skip });

        Assert.Equal(["CONTACT a 1 2", "LEAD c 5 6"], records.Select(Show));
        Assert.Equal(
            [$"{path}: {problem}", $"{path}: row 4 column 3 (expiredAt) is not a time in milliseconds since 1970."],
            _recorder.Errors.Select(error => error.Message)
        );
        Assert.Equal([$"{path}: 2 malformed rows were left out."], _recorder.Warnings);
    }

    [Fact]
    public void Read_UnclosedQuote_Throws()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Read($"{Header}\na,CONTACT,1,2\n\"b,LEAD,3,4\nc,LEAD,5,6\n")
        );
        Assert.Contains("row 2 has a quote that is never closed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndlessRow_ThrowsWithoutFillingMemory()
    {
        string path = _folder.File("endless.csv");
        using (StreamWriter writer = File.CreateText(path))
        {
            writer.Write($"{Header}\na,CONTACT,1,2\n\"");
            for (int i = 0; i < 40; i++)
                writer.Write(new string('x', 1024 * 1024));
        }

        LinkedInException error = Assert.Throws<LinkedInException>(() => ReadFile(path));
        Assert.Contains("row 2 is longer than 16 MB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MalformedHeader_Throws()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Read($"crm\"Id,crmRecordType,expiredAt,createdAt\n{Header}\na,CONTACT,1,2\n")
        );
        Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
        Assert.Contains("the header", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvalidValue_ErrorHasNoValues()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Read($"{Header}\nsecret-person,CONTACT,secret-time,2\n")
        );
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret-a,secret-b,1\n", "has 3 of 4 values")]
    [InlineData("secret-a,secret-b,1,2,secret-c\n", "has 5 values")]
    [InlineData("secret-a,sec\"ret-b,1,2\n", "quote inside")]
    [InlineData("\"secret-a\"secret,b,1,2\n", "text after the closing quote")]
    [InlineData("\"secret-a,b,1,2\n", "never closed")]
    [InlineData(",secret-b,1,2\n", "is empty")]
    [InlineData("secret-a,b,secret-1,2\n", "is not a time")]
    public void Read_AnyMalformedRow_ErrorHasNoValues(string row, string problem)
    {
        string path = _folder.Write("secret.csv", $"{Header}\n{row}");
        var heard = new RecordingOutput();
        Assert.Empty(
            ExportFileReader.Read(
                path,
                new ImportOptions { MalformedRow = MalformedRowAction.Skip },
                heard,
                CancellationToken.None
            )
        );
        LinkedInException error = Assert.Single(heard.Errors);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", heard.GetAllText().Replace(path, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void Read_AnyCulture_ReturnsSameRecords(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(
                ["CONTACT i 1735700000123 2"],
                Read("CRMID,CRMRECORDTYPE,EXPIREDAT,CREATEDAT\ni,CONTACT,1735700000123,2\n").Select(Show)
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Read_FirstRecordOnly_IsLazyAndClosesFile()
    {
        string path = _folder.Write(
            "many.csv",
            Header + "\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},LEAD,1,2\n")) + "broken\n"
        );
        object first = ExportFileReader.Read(path, new ImportOptions(), _recorder, CancellationToken.None).First();
        Assert.Equal("LEAD 0 1 2", Show((CrmValidationRecord)first));
        File.Delete(path);
    }

    [Fact]
    public void Read_Canceled_Throws()
    {
        string path = _folder.Write(
            "many.csv",
            Header + "\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},LEAD,1,2\n"))
        );
        using var stop = new CancellationTokenSource();
        int read = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (object _ in ExportFileReader.Read(path, new ImportOptions(), _recorder, stop.Token))
            {
                if (++read == 10)
                    stop.Cancel();
            }
        });
        Assert.Equal(10, read);
    }

    [Fact]
    public void Read_FileMissing_ThrowsWithPath()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => ReadFile(_folder.File("no.csv")));
        Assert.Equal(LinkedInErrorId.FileReadFailed, error.Id);
        Assert.Equal(_folder.File("no.csv"), error.Target);
    }

    private static string Show(CrmValidationRecord record) =>
        $"{record.CrmRecordType} {record.CrmId} {record.ExpiredAt?.ToUnixTimeMilliseconds()} "
        + $"{record.CreatedAt?.ToUnixTimeMilliseconds()}";

    private CrmValidationRecord[] Read(string text) => ReadFile(_folder.Write("export.csv", text));

    private CrmValidationRecord[] ReadFile(string path, ImportOptions? options = null) =>
        [
            .. ExportFileReader
                .Read(path, options ?? new ImportOptions(), _recorder, CancellationToken.None)
                .Cast<CrmValidationRecord>(),
        ];
}
