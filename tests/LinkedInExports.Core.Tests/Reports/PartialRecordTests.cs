using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>Records without some of their values, and files that end early.</summary>
public sealed class PartialRecordTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AddFile_ActivitiesWithoutTimesOrSeats_CountsWhatIsThere()
    {
        ReportDocument page = Page(ExportType.Activity, "activityId,activityType\na,X\nb,X\nc,Y\n");
        Assert.Equal(["activities 3"], page.Facts("activity"));
        Assert.Equal(["X 2", "Y 1"], page.Bars("activity", "By type"));
        Assert.Single(page.Section("activity").GetProperty("charts").EnumerateArray());
    }

    [Fact]
    public void AddFile_ActivitiesWithoutIds_CountsAll()
    {
        ReportDocument page = Page(
            ExportType.Activity,
            "activityType,createdAt,seatId\nX,01-06-2025 08:15:30,7\nX,01-06-2025 08:15:30,7\n"
        );
        Assert.Equal("activities 2", page.Facts("activity")[0]);
        Assert.Empty(page.Notices);
    }

    [Fact]
    public void AddFile_ValidationRecordsWithoutTimes_HaveNoChartOverTime()
    {
        ReportDocument page = Page(ExportType.CrmValidation, "crmId,crmRecordType\na,CONTACT\nb,LEAD\n");
        Assert.Equal("contacts and leads 2", page.Facts("changed-company")[0]);
        Assert.Equal(
            ["By type of record"],
            page.Section("changed-company")
                .GetProperty("charts")
                .EnumerateArray()
                .Select(chart => chart.GetProperty("title").GetString())
        );
    }

    [Fact]
    public void AddFile_RecordsThatDifferInTypeOrInTimes_CountsIdsPerType()
    {
        ReportDocument page = Page(null, "crmId,crmRecordType,expiredAt,createdAt\na,CONTACT,1,2\na,LEAD,1,2\na,CONTACT,3,4\n");
        Assert.Equal("contacts and leads 2", page.Facts("changed-company")[0]);
        Assert.Equal(["1 duplicates of CRM records are not counted."], page.Notices);
    }

    /// <summary>LinkedIn does not explain expiredAt, so the page must not explain it.</summary>
    [Fact]
    public void Save_ValidationRecords_DoesNotSayWhenAContactLeft()
    {
        ReportDocument page = Page(null, "crmId,crmRecordType,expiredAt,createdAt\na,CONTACT,1736121600000,2\n");
        foreach (string word in new[] { "left", "leave", "no longer", "moved" })
            Assert.DoesNotContain(word, page.Json, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void AddFile_UnexpectedException_IsAnErrorOfTheFileAndANoticeOfThePage()
    {
        var unexpected = new InvalidTimeZoneException("unexpected");
        _recorder.OnMessage = (_, _) => throw unexpected;
        var report = new ExportReport(new ReportOptions());
        string path = _folder.Write("partial.csv", "crmId,crmRecordType,createdAt\na,CONTACT,1\n");

        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            report.AddFile(path, new ImportOptions(), _recorder, CancellationToken.None)
        );
        Assert.Equal(LinkedInErrorId.InternalError, error.Id);
        Assert.Same(unexpected, error.InnerException);
        Assert.StartsWith(
            "Not all of partial.csv is in this report.",
            Assert.Single(ReportDocument.Create(report).Notices),
            StringComparison.Ordinal
        );
    }

    private ReportDocument Page(ExportType? exportType, string text)
    {
        var report = new ExportReport(new ReportOptions());
        report.AddFile(
            _folder.Write("export.csv", text),
            new ImportOptions { ExportType = exportType },
            _recorder,
            CancellationToken.None
        );
        return ReportDocument.Create(report);
    }
}
