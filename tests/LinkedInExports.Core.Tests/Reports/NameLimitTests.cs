using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>Reports with many seats and owners.</summary>
public sealed class NameLimitTests : IDisposable
{
    private const int Limit = 100_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AddFile_ManySeats_CountsAll()
    {
        ReportDocument page = PageOfActivities(10_001);
        Assert.Equal("active seats 10001", page.Facts("activity")[1]);
        Assert.Equal("Seat 10000 3", page.Bars("activity", "By seat")[0]);
        Assert.Empty(page.Notices);
    }

    [Fact]
    public void AddFile_SeatsOverLimit_OmitsTheirNumberWithNotice()
    {
        Assert.Contains($"active seats {Limit}", PageOfActivities(Limit).Facts("activity"));

        ReportDocument page = PageOfActivities(Limit + 1);
        Assert.Equal(["activities 100003", "activities per day 100003"], page.Facts("activity"));
        Assert.Equal([Notice("active seats")], page.Notices);
    }

    [Fact]
    public void AddFile_ManyOwners_CountsAll()
    {
        ReportDocument page = PageOfOwners(10_001);
        Assert.Contains("owners affected 10001", page.Facts("changed-company"));
        Assert.Equal("owner 10000 3", page.Bars("changed-company", "By owner")[0]);
        Assert.Empty(page.Notices);
    }

    [Fact]
    public void AddFile_OwnersOverLimit_OmitsTheirNumberWithNotice()
    {
        ReportDocument page = PageOfOwners(Limit + 1);
        Assert.Equal(["contacts and leads 100003"], page.Facts("changed-company"));
        Assert.Equal([Notice("owners of CRM records")], page.Notices);
    }

    [Fact]
    public void AddFile_SeatRowsOverLimit_OmitsMetricsWithNotice()
    {
        ReportDocument page = Page(
            ExportType.Seat,
            "seatId,seatStatus,socialSellingIndex",
            Enumerable.Range(0, Limit + 1).Select(seat => $"{seat},ACTIVE,50")
        );
        Assert.Equal(["rows of seats 100001"], page.Facts("seats"));
        Assert.Equal([Notice("seats")], page.Notices);
    }

    [Fact]
    public void TryAdd_DifferencesWithOwnersOverLimit_HaveNotice()
    {
        var report = new ExportReport(new ReportOptions { MaxTableRows = 10 });
        string[] columns = ["Owner"];
        for (int owner = 0; owner <= Limit; owner++)
        {
            report.TryAdd(
                new ExportDifference
                {
                    Change = ExportChange.Added,
                    ExportType = ExportType.CrmValidation,
                    Key = $"{owner}",
                    Difference = new CrmValidationRecordWithExtraColumns("a", "CONTACT", 1, null, columns, [$"owner {owner}"]),
                    ChangedColumns = [],
                }
            );
        }

        Assert.Equal([Notice("owners of differences")], ReportDocument.Create(report).Notices);
    }

    private static string Notice(string names) =>
        $"There are more than 100,000 {names}. Their number is not shown, and charts of them cover only the first 100,000.";

    /// <summary>Creates a report with an activity of each seat, and two more of the last one.</summary>
    private ReportDocument PageOfActivities(int seats) =>
        Page(
            ExportType.Activity,
            "activityId,activityType,createdAt,seatId,memberIdentityKey",
            NamesWithLastThreeTimes(seats).Select((seat, row) => $"{row},X,01-06-2025 08:15:30,{seat},")
        );

    /// <summary>Creates a report with a record of each owner, and two more of the last one.</summary>
    private ReportDocument PageOfOwners(int owners) =>
        Page(
            ExportType.CrmValidation,
            "crmId,crmRecordType,expiredAt,createdAt,Owner",
            NamesWithLastThreeTimes(owners).Select((owner, row) => $"{row},CONTACT,1,2,owner {owner}")
        );

    private static IEnumerable<int> NamesWithLastThreeTimes(int count) =>
        Enumerable.Range(0, count).Concat([count - 1, count - 1]);

    private ReportDocument Page(ExportType exportType, string header, IEnumerable<string> rows)
    {
        var report = new ExportReport(new ReportOptions { MaxTableRows = 10 });
        string path = _folder.Write("export.csv", $"{header}\n{string.Join('\n', rows)}\n");
        report.AddFile(path, new ImportOptions { ExportType = exportType }, new RecordingOutput(), CancellationToken.None);
        return ReportDocument.Create(report);
    }
}
