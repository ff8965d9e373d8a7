using System.Globalization;
using System.Text;
using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Tests.ExportFiles;

public sealed class ExportFileReaderTests : IDisposable
{
    private readonly ReaderFixture _reader = new();

    public void Dispose() => _reader.Dispose();

    [Fact]
    public void Read_Validations_ReturnsRecordsWithUtcTimes()
    {
        CrmValidationRecord[] records = _reader.Read(
            $"{ReaderFixture.Header}\n0035g00000XYZ,CONTACT,1735700000123,1735707200000\n7,LEAD,0,-1\n"
        );

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
        CrmValidationRecord record = Assert.Single(_reader.Read($"{ReaderFixture.Header}\na,CONTACT,{first},{last}\n"));
        Assert.Equal((first, last), (record.ExpiredAt?.ToUnixTimeMilliseconds(), record.CreatedAt?.ToUnixTimeMilliseconds()));

        foreach (
            (long expired, long created, string column) in new[] { (first - 1, 0L, "expiredAt"), (0L, last + 1, "createdAt") }
        )
        {
            LinkedInException error = Assert.Throws<LinkedInException>(() =>
                _reader.Read($"{ReaderFixture.Header}\na,CONTACT,{expired},{created}\n")
            );
            Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
            Assert.Contains(column, error.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => new CrmValidationRecord("a", "CONTACT", expired, created));
        }
    }

    [Theory]
    [InlineData(ReaderFixture.Header + "\r\na,CONTACT,1,2\r\nb,LEAD,3,4\r\n")]
    [InlineData(ReaderFixture.Header + "\na,CONTACT,1,2\nb,LEAD,3,4")]
    [InlineData("\uFEFF" + ReaderFixture.Header + "\na,CONTACT,1,2\nb,LEAD,3,4\n")]
    [InlineData(ReaderFixture.Header + "\n\na,CONTACT,1,2\n\n\nb,LEAD,3,4\n\n")]
    [InlineData("CRMID, CrmRecordType ,EXPIREDAT,createdat\na,CONTACT,1,2\nb,LEAD,3,4\n")]
    [InlineData("createdAt,expiredAt,crmRecordType,crmId\n2,1,CONTACT,a\n4,3,LEAD,b\n")]
    [InlineData(
        "\"crmId\",\"crmRecordType\",\"expiredAt\",\"createdAt\"\n\"a\",\"CONTACT\",\"1\",\"2\"\n\"b\",\"LEAD\",\"3\",\"4\"\n"
    )]
    public void Read_FormatVariants_ReturnSameRecords(string text)
    {
        Assert.Equal(["CONTACT a 1 2", "LEAD b 3 4"], _reader.Read(text).Select(ReaderFixture.Show));
        Assert.Empty(_reader.Recorder.All);
    }

    [Fact]
    public void Read_Utf16WithByteOrderMark_IsDecoded()
    {
        string path = _reader.Folder.Write("utf16.csv", $"{ReaderFixture.Header}\nä,CONTACT,1,2\n", Encoding.Unicode);
        Assert.Equal(["CONTACT ä 1 2"], _reader.ReadFile(path).Select(ReaderFixture.Show));
    }

    [Fact]
    public void Read_QuotedValues_ArePreserved() =>
        Assert.Equal(
            ["CONTACT a,\"b\"\r\nc 1 2", "LEAD d 3 4"],
            _reader
                .Read($"{ReaderFixture.Header}\r\n\"a,\"\"b\"\"\r\nc\",CONTACT,1,2\r\nd,LEAD,3,4\r\n")
                .Select(ReaderFixture.Show)
        );

    [Fact]
    public void Read_LargeFile_ReportsProgress()
    {
        var time = new FakeTimeProvider();
        string path = _reader.Folder.Write(
            "long.csv",
            ReaderFixture.Header + "\n" + string.Concat(Enumerable.Repeat("a,CONTACT,1,2\n", 20_000)),
            new UTF8Encoding(false)
        );
        foreach (object _ in ExportFileReader.Read(path, new ImportOptions(), _reader.Recorder, time, CancellationToken.None))
            time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond / 4));

        // Five seconds: at most four updates a second after the first one.
        Assert.InRange(_reader.Recorder.ProgressUpdates.Length, 5, 17);
        Assert.All(_reader.Recorder.ProgressUpdates, update => Assert.InRange(update.Percent, 1, 100));
        Assert.Equal(
            _reader.Recorder.ProgressUpdates.Select(update => update.Percent).Order(),
            _reader.Recorder.ProgressUpdates.Select(update => update.Percent)
        );
        Assert.Equal("Importing long.csv", _reader.Recorder.ProgressUpdates[0].Activity);
        Assert.Single(_reader.Recorder.ProgressUpdates, update => update.Completed);
        Assert.True(_reader.Recorder.ProgressUpdates[^1].Completed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF\r\n\n")]
    [InlineData(ReaderFixture.Header)]
    [InlineData(ReaderFixture.Header + "\r\n")]
    public void Read_EmptyFileOrHeaderOnly_ReturnsNothing(string text)
    {
        Assert.Empty(_reader.Read(text));
        Assert.Empty(_reader.Recorder.All);
    }

    [Fact]
    public void Read_UnknownColumns_AreKept()
    {
        CrmValidationRecord record = Assert.Single(
            _reader.Read("Owner,crmId,crmRecordType,expiredAt,,createdAt\n\"Ö, A\",a,CONTACT,1,x,2\n")
        );
        var extra = Assert.IsType<CrmValidationRecordWithExtraColumns>(record) as IExtraColumns;
        Assert.Equal(["Owner", "Column5"], extra.ExtraNames);
        Assert.Equal("Ö, A", extra.GetExtra(0));
        Assert.Equal("x", extra.GetExtra(1));
        Assert.Equal("CONTACT a 1 2", ReaderFixture.Show(record));
    }

    [Fact]
    public void Read_ColumnsOfNoExport_Throws()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => _reader.Read("name,age\nx,1\n"));
        Assert.Equal(LinkedInErrorId.UnknownExportType, error.Id);
        Assert.Contains("name, age", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReaderFixture.Header + ",CRMID\na,CONTACT,1,2,b\n", "CRMID")]
    [InlineData(ReaderFixture.Header + ",x,X\na,CONTACT,1,2,b,c\n", "X")]
    public void Read_DuplicateColumn_Throws(string text, string name)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => _reader.Read(text));
        Assert.Equal(LinkedInErrorId.DuplicateColumn, error.Id);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
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
                _reader.Read("CRMID,CRMRECORDTYPE,EXPIREDAT,CREATEDAT\ni,CONTACT,1735700000123,2\n").Select(ReaderFixture.Show)
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
        string path = _reader.Folder.Write(
            "many.csv",
            ReaderFixture.Header + "\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},LEAD,1,2\n")) + "broken\n"
        );
        object first = ExportFileReader.Read(path, new ImportOptions(), _reader.Recorder, CancellationToken.None).First();
        Assert.Equal("LEAD 0 1 2", ReaderFixture.Show((CrmValidationRecord)first));
        File.Delete(path);
    }

    [Fact]
    public void Read_Canceled_Throws()
    {
        string path = _reader.Folder.Write(
            "many.csv",
            ReaderFixture.Header + "\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},LEAD,1,2\n"))
        );
        using var stop = new CancellationTokenSource();
        int read = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (object _ in ExportFileReader.Read(path, new ImportOptions(), _reader.Recorder, stop.Token))
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
        LinkedInException error = Assert.Throws<LinkedInException>(() => _reader.ReadFile(_reader.Folder.File("no.csv")));
        Assert.Equal(LinkedInErrorId.FileReadFailed, error.Id);
        Assert.Equal(_reader.Folder.File("no.csv"), error.Target);
    }
}
