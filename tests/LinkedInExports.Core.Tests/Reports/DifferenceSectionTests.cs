using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class DifferenceSectionTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Compares with a count of the created differences.</summary>
    [Fact]
    public void TryAdd_Differences_AreCountedByChangeOwnerAndTime()
    {
        var random = new Random(1);
        var report = new ExportReport(new ReportOptions());
        var expected = new Dictionary<(string Owner, ExportChange Change), int>();
        for (int i = 0; i < 500; i++)
        {
            var change = (ExportChange)random.Next(3);
            string owner = $"owner {random.Next(4)}";
            expected[(owner, change)] = expected.GetValueOrDefault((owner, change)) + 1;
            Assert.True(report.TryAdd(Create(change, $"id-{i}", owner, Monday.AddDays(random.Next(60)))));
        }

        ReportDocument page = ReportDocument.Create(report);
        Assert.Equal(["differences"], page.Sections);
        Assert.Equal(
            [$"differences {500}", $"added {Total(0)}", $"removed {Total(1)}", $"changed {Total(2)}"],
            page.Facts("differences")
        );
        foreach (var bar in page.Chart("differences", "By owner").GetProperty("bars").EnumerateArray())
        {
            string owner = bar.GetProperty("name").GetString()!;
            Assert.Equal(
                Enumerable.Range(0, 3).Select(change => expected.GetValueOrDefault((owner, (ExportChange)change))),
                bar.GetProperty("parts").EnumerateArray().Select(part => part.GetInt32())
            );
        }

        Assert.Equal(
            500,
            page.Chart("differences", "Differences per {unit}")
                .GetProperty("series")
                .EnumerateArray()
                .Sum(series => series.GetProperty("values").EnumerateArray().Sum(value => value.GetInt32()))
        );
        Assert.Equal(500, page.Column("differences", "Owner").Length);

        int Total(int change) => expected.Where(entry => (int)entry.Key.Change == change).Sum(entry => entry.Value);
    }

    [Fact]
    public void Add_SelectedProperties_AreDifference()
    {
        ExportDifference difference = Create(ExportChange.Changed, "a", "Ana", Monday);
        var report = new ExportReport(new ReportOptions { OwnerColumn = "Manager" });
        report.Add(
            TestRow.Create(
                ("Change", difference.Change),
                ("ExportType", difference.ExportType),
                ("Key", difference.Key),
                ("Difference", difference.Difference),
                ("ChangedColumns", new[] { "ExpiredAt", "CreatedAt" }),
                ("Manager", "Mia")
            )
        );
        report.Add(TestRow.Create(("Change", "Removed"), ("ExportType", "Activity"), ("Key", "b"), ("ChangedColumns", "")));
        ReportDocument page = ReportDocument.Create(report);
        Assert.Equal(["differences 2", "added 0", "removed 1", "changed 1"], page.Facts("differences"));
        Assert.Equal(["Mia 1", "(no owner) 1"], page.Bars("differences", "By owner").OrderDescending(StringComparer.Ordinal));
        Assert.Equal(["Expired at, Created at 1"], page.Bars("differences", "By changed columns"));
        Assert.Equal("1767571200", page.Column("differences", "Time")[0]);
    }

    private static ExportDifference Create(ExportChange change, string id, string owner, DateTimeOffset time)
    {
        var record = new CrmValidationRecordWithExtraColumns(
            id,
            "CONTACT",
            time.ToUnixTimeMilliseconds(),
            null,
            ["Owner"],
            [owner]
        );
        return new ExportDifference
        {
            Change = change,
            ExportType = ExportType.CrmValidation,
            Key = id,
            Reference = change == ExportChange.Added ? null : record,
            Difference = change == ExportChange.Removed ? null : record,
            ChangedColumns = change == ExportChange.Changed ? ["CreatedAt"] : [],
        };
    }
}
