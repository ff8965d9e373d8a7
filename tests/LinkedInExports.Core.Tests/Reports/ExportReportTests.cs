using System.Text.Json;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class ExportReportTests : IDisposable
{
    private const string Validation = "crmId,crmRecordType,expiredAt,createdAt";
    private const string Activity = "activityId,activityType,createdAt,seatId,memberIdentityKey";

    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_ValidationRecords_CountsByWeekTypeAndOwner()
    {
        ReportDocument page = Page(
            $"{Validation},Owner\na,CONTACT,1736121600000,2,Ana\nb,LEAD,1736121600001,2,Ana\nc,CONTACT,1736726400000,2,\n"
        );

        Assert.Equal(["changed-company"], page.Sections);
        Assert.Equal(["contacts and leads 3", "contacts 2", "leads 1", "owners affected 1"], page.Facts("changed-company"));
        Assert.Equal(["Ana 2", "(no owner) 1"], page.Bars("changed-company", "By owner"));
        JsonElement weeks = page.Chart("changed-company", "Records per {unit} (Expired at)");
        Assert.Equal("[1736121600,1736726400]", weeks.GetProperty("starts").GetRawText());
        Assert.Equal(
            """[{"key":"CONTACT","name":"Contact","values":[1,1]},{"key":"LEAD","name":"Lead","values":[1,0]}]""",
            weeks.GetProperty("series").GetRawText()
        );
        Assert.Equal(["c", "b", "a"], page.Column("changed-company", "CrmId"));
        Assert.Equal(["1736726400", "1736121600", "1736121600"], page.Column("changed-company", "ExpiredAt"));
        Assert.Equal(["", "Ana", "Ana"], page.Column("changed-company", "Owner"));
    }

    [Fact]
    public void Add_Accounts_AreNotCountedAsPeople()
    {
        ReportDocument page = Page(
            $"{Validation}\na,CONTACT,1,2\nb,lead,1,2\nc,ACCOUNT,1,2\nd,Account,1,2\ne,ACCOUNT,1,2\nf,,1,2\n"
        );
        Assert.Equal(
            ["contacts and leads 2", "contacts 1", "leads 1", "accounts 3", "records of other types 1"],
            page.Facts("changed-company")
        );
    }

    [Fact]
    public void Save_OwnerColumnsOfDifferentNames_AreOneChartThatCannotBeFiltered()
    {
        string first = _folder.Write("1.csv", $"{Validation},Owner\na,C,1,2,Ana\n");
        string second = _folder.Write("2.csv", $"{Validation},OwnerName\nb,C,1,2,Ana\n");
        string third = _folder.Write("3.csv", $"{Validation}\nc,C,1,2\n");
        ReportDocument page = Page(new ReportOptions(), first, second, third);
        Assert.Equal(["Ana 2", "(no owner) 1"], page.Bars("changed-company", "By owner"));
        Assert.Equal(JsonValueKind.Null, page.Chart("changed-company", "By owner").GetProperty("column").ValueKind);
    }

    [Fact]
    public void Save_OwnerColumn_GroupsByThatColumn()
    {
        string path = _folder.Write("a.csv", $"{Validation},Owner,Region\na,CONTACT,1,2,Ana,North\n");
        ReportDocument page = Page(new ReportOptions { OwnerColumn = "REGION" }, path);
        Assert.Equal(["North 1"], page.Bars("changed-company", "By owner"));
    }

    [Fact]
    public void Save_Activities_AreCountedByDayTypeSeatAndHour()
    {
        string activity = _folder.Write(
            "activity.csv",
            $"{Activity}\n1,SAVED_LEAD,01-06-2025 08:15:30,7,\n2,INMAIL_SENT,01-06-2025 "
                + "08:59:59,7,\n3,INMAIL_SENT,01-08-2025 00:00:00,8,mk\n"
        );
        string seats = _folder.Write(
            "seat.csv",
            "seatId,seatHolderName,seatStatus,socialSellingIndex\n7,Zoë,INACTIVE,10\n7,Zoë,ACTIVE,40\n9,Yan,ACTIVE,60\n"
        );
        ReportDocument page = Page(new ReportOptions(), activity, seats);

        Assert.Equal(["activity", "seats"], page.Sections);
        Assert.Equal(
            ["activities 3", "active seats 2", "activities per day 1", "per active seat and week 1.5"],
            page.Facts("activity")
        );
        Assert.Equal(["InMail sent 2", "Saved lead 1"], page.Bars("activity", "By type"));
        Assert.Equal(["Zoë · 7 2", "Seat 8 1"], page.Bars("activity", "By seat"));
        JsonElement week = page.Chart("activity", "When they were active").GetProperty("days");
        Assert.Equal((2, 1), (week[0][8].GetInt32(), week[2][0].GetInt32()));
        Assert.Equal(["seats 2", "average Social Selling Index 50"], page.Facts("seats"));
        Assert.Equal(["Active 2"], page.Bars("seats", "By status"));
    }

    [Fact]
    public void Save_Outcomes_AreCountedByType()
    {
        ReportDocument page = Page("activityId,activityType,when\n1,INMAIL_ACCEPTED,x\n1,INMAIL_ACCEPTED,x\n2,odd word,y\n");
        Assert.Equal(["InMail accepted 2", "odd word 1"], page.Bars("outcomes", "By type"));
        Assert.Equal(["INMAIL_ACCEPTED", "INMAIL_ACCEPTED", "odd word"], page.Column("outcomes", "ActivityType"));
    }

    [Theory]
    [InlineData("1735700000123")]
    [InlineData("2025-01-01T02:53:20.123Z")]
    [InlineData("2025-01-01 02:53:20.123")]
    [InlineData("01/01/2025 02:53:20 +00:00")]
    public void Add_ObjectWithRecordProperties_IsRecord(string time)
    {
        var report = new ExportReport(new ReportOptions());
        report.Add(
            TestRow.Create(
                ("crmid", "a"),
                ("CrmRecordType", "CONTACT"),
                ("ExpiredAt", time),
                ("CreatedAt", DateTimeOffset.UnixEpoch),
                ("Owner", "Ana")
            )
        );
        ReportDocument page = ReportDocument.Create(report);
        Assert.Equal(["1735700000"], page.Column("changed-company", "ExpiredAt"));
        Assert.Equal(["0"], page.Column("changed-company", "CreatedAt"));
        Assert.Equal(["Ana 1"], page.Bars("changed-company", "By owner"));
    }

    [Fact]
    public void Add_OtherObject_Throws()
    {
        var report = new ExportReport(new ReportOptions());
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            report.Add(TestRow.Create(("Name", "x"), ("Length", 3)))
        );
        Assert.Equal(LinkedInErrorId.UnknownExportType, error.Id);
        Assert.Contains("Name, Length", error.Message, StringComparison.Ordinal);
        Assert.Throws<LinkedInException>(() =>
            report.Add(TestRow.Create(("CrmId", "a"), ("CrmRecordType", "C"), ("ExpiredAt", "soon"), ("CreatedAt", "1")))
        );
        Assert.Equal(0, report.RowCount);
    }

    [Fact]
    public void Save_DuplicateRecords_CountOnceWithNotice()
    {
        string first = _folder.Write("1.csv", $"{Activity}\n1,X,01-06-2025 08:15:30,7,\n2,X,01-06-2025 08:15:30,7,\n");
        string second = _folder.Write("2.csv", $"{Activity}\n2,X,01-06-2025 08:15:30,7,\n3,X,01-06-2025 08:15:30,7,\n");
        string crm = _folder.Write("3.csv", $"{Validation}\na,C,1,2\na,C,1,3\na,C,5,2\n");
        ReportDocument page = Page(new ReportOptions(), first, second, crm);
        Assert.Equal("activities 3", page.Facts("activity")[0]);
        Assert.Equal("records of other types 1", page.Facts("changed-company")[0]);
        Assert.Equal(
            ["2 duplicates of CRM records are not counted.", "1 duplicates of activities are not counted."],
            page.Notices
        );
    }

    [Fact]
    public void Save_MoreRowsThanLimit_LimitsTablesButNotSums()
    {
        string crm = _folder.Write(
            "crm.csv",
            Validation + "\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},C,1,2\n"))
        );
        string outcomes = _folder.Write("outcomes.csv", "activityId,activityType\n1,X\n2,Y\n");
        ReportDocument page = Page(new ReportOptions { MaxTableRows = 100 }, crm, outcomes);

        JsonElement table = page.Section("changed-company").GetProperty("table");
        Assert.Equal((98, 500), (table.GetProperty("rows").GetInt32(), table.GetProperty("allRows").GetInt32()));
        Assert.Equal(98, page.Column("changed-company", "CrmId").Length);
        Assert.Equal("records of other types 500", page.Facts("changed-company")[0]);
        Assert.Equal(2, page.Column("outcomes", "ActivityId").Length);
    }

    [Fact]
    public void Save_ManyRows_FillPageUpTo15Megabytes()
    {
        var report = new ExportReport(new ReportOptions());
        string crm = _folder.Write(
            "crm.csv",
            Validation
                + ",Note\n"
                + string.Concat(Enumerable.Range(0, 150_000).Select(i => $"{i},CONTACT,{1735700000000 + i},2,{i:D120}\n"))
        );
        string activity = _folder.Write(
            "activity.csv",
            Activity + "\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i},X,01-06-2025 08:15:30,7,\n"))
        );
        foreach (string path in new[] { crm, activity })
            report.AddFile(path, new ImportOptions(), _recorder, CancellationToken.None);
        ReportDocument page = ReportDocument.Create(report);

        Assert.InRange(page.Html.Length, 11_000_000, TableLimits.MaxPageSize);
        JsonElement table = page.Section("changed-company").GetProperty("table");
        Assert.InRange(table.GetProperty("rows").GetInt32(), 50_000, 149_999);
        Assert.Equal(150_000, table.GetProperty("allRows").GetInt32());
        Assert.Equal("149999", page.Column("changed-company", "CrmId")[0]);
        Assert.Equal("contacts and leads 150000", page.Facts("changed-company")[0]);
        Assert.Equal(5_000, page.Section("activity").GetProperty("table").GetProperty("rows").GetInt32());
    }

    [Fact]
    public void Save_DifferentColumns_LeavesCellsEmpty()
    {
        string first = _folder.Write("1.csv", $"{Validation},A\na,C,1,2,x\n");
        string second = _folder.Write("2.csv", $"{Validation},B\nb,C,1,2,7\n");
        ReportDocument page = Page(new ReportOptions(), first, second);
        Assert.Equal(["x", ""], page.Column("changed-company", "A"));
        Assert.Equal(["", "7"], page.Column("changed-company", "B"));
    }

    [Fact]
    public void AddFile_MalformedRow_KeepsEarlierRowsWithNotice()
    {
        string path = _folder.Write("bad.csv", $"{Validation}\na,C,1,2\nbroken\nb,C,1,2\n");
        var report = new ExportReport(new ReportOptions());
        Assert.Throws<LinkedInException>(() => report.AddFile(path, new ImportOptions(), _recorder, CancellationToken.None));
        string notice = Assert.Single(ReportDocument.Create(report).Notices);
        Assert.StartsWith(
            "Not all of bad.csv is in this report. bad.csv: row 2 has 1 of 4 values",
            notice,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(_folder.Path, notice, StringComparison.Ordinal);

        report = new ExportReport(new ReportOptions());
        report.AddFile(path, new ImportOptions { MalformedRow = MalformedRowAction.Skip }, _recorder, CancellationToken.None);
        Assert.Equal(["1 rows of bad.csv could not be read and are not in this report."], ReportDocument.Create(report).Notices);
        Assert.Equal(2, report.RowCount);
    }

    private ReportDocument Page(string text) => Page(new ReportOptions(), _folder.Write("export.csv", text));

    private ReportDocument Page(ReportOptions options, params string[] paths)
    {
        var report = new ExportReport(options);
        foreach (string path in paths)
        {
            ExportType? exportType = path.EndsWith("seat.csv", StringComparison.Ordinal) ? ExportType.Seat : null;
            report.AddFile(path, new ImportOptions { ExportType = exportType }, _recorder, CancellationToken.None);
        }

        return ReportDocument.Create(report);
    }
}
