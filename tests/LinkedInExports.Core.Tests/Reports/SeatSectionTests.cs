using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class SeatSectionTests : IDisposable
{
    private const string Header = "seatId,seatHolderName,seatStatus,date,socialSellingIndex";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AddFile_RowsInAnyOrder_CountsNewestRowOfEachSeat(bool isDescending)
    {
        string[] rows =
        [
            "7,Zoe Old,INACTIVE,12-31-2025,10",
            "8,Yan,ACTIVE,12-31-2025,30",
            "7,Zoe,ACTIVE,01-02-2026,40",
            "8,Yan,INACTIVE,11-22-2026,60",
        ];
        ReportDocument page = Page([.. isDescending ? Enumerable.Reverse(rows) : rows]);

        Assert.Equal(["seats 2", "average Social Selling Index 50"], page.Facts("seats"));
        Assert.Equal(["Active 1", "Inactive 1"], page.Bars("seats", "By status"));
        Assert.Equal("seatId", page.Chart("seats", "By status").GetProperty("distinctColumn").GetString());
        Assert.Equal("11-22-2026", page.Column("seats", "date")[0]);
        Assert.Equal("01-02-2026", page.Column("seats", "date")[1]);
        Assert.Equal("date", page.Section("seats").GetProperty("table").GetProperty("sortedBy").GetString());
    }

    [Fact]
    public void AddFile_RowsWithoutReadableDate_AreOlderThanOthers()
    {
        ReportDocument page = Page(
            "7,Zoe,ACTIVE,11-22-2026,40",
            "7,Zoe,INACTIVE,,10",
            "8,Yan,ACTIVE,soon,20",
            "8,Yan,INACTIVE,,30"
        );
        Assert.Equal(["seats 2", "average Social Selling Index 35"], page.Facts("seats"));
        Assert.Equal(["Active 1", "Inactive 1"], page.Bars("seats", "By status"));
        Assert.Null(page.Chart("seats", "By status").GetProperty("column").GetString());
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    [InlineData("1.7e308")]
    public void AddFile_InvalidScore_IsIgnored(string score)
    {
        ReportDocument page = Page("7,Zoe,ACTIVE,11-22-2026,50", $"8,Yan,ACTIVE,11-22-2026,{score}");
        Assert.Equal(["seats 2", "average Social Selling Index 50"], page.Facts("seats"));
        Assert.Contains(score, page.Column("seats", "socialSellingIndex"));
    }

    /// <summary>Compares with a count of the rows of the newest day.</summary>
    [Fact]
    public void AddFile_ManyRows_MatchIndependentCount()
    {
        var random = new Random(5);
        var rows = new List<(int Seat, DateTime Date, int Score)>();
        for (int day = 0; day < 200; day++)
        {
            for (int seat = 0; seat < 30; seat++)
                rows.Add((seat, new DateTime(2026, 1, 1).AddDays(day), random.Next(100)));
        }

        double expected = rows.Where(row => row.Date == new DateTime(2026, 1, 1).AddDays(199)).Average(row => row.Score);
        ReportDocument page = Page([
            .. rows.OrderBy(_ => random.Next())
                .Select(row => FormattableString.Invariant($"{row.Seat},N,ACTIVE,{row.Date:MM-dd-yyyy},{row.Score}")),
        ]);
        Assert.Equal(
            expected,
            page.Section("seats").GetProperty("facts")[1].GetProperty("value").GetDouble(),
            tolerance: 0.000001
        );
    }

    private ReportDocument Page(params string[] rows)
    {
        var report = new ExportReport(new ReportOptions());
        string path = _folder.Write("seat.csv", $"{Header}\n{string.Join('\n', rows)}\n");
        report.AddFile(path, new ImportOptions { ExportType = ExportType.Seat }, new RecordingOutput(), CancellationToken.None);
        return ReportDocument.Create(report);
    }
}
