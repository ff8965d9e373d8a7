using System.Text;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>The file, row and texts of records, which they share in blocks.</summary>
public sealed class RecordSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TextsOfAnyLength_BelongToTheirRecords()
    {
        int[] lengths = [1, 60, 1023, 1024, 1025, 3000, 5000];
        string[] texts =
        [
            .. Enumerable.Range(0, 2000).Select(row => new string((char)('a' + (row % 26)), lengths[row * 7 % 13 % 7])),
        ];
        var rows = new StringBuilder("activityId,activityType,createdAt,seatId,memberIdentityKey\n");
        for (int row = 0; row < texts.Length; row++)
        {
            string member = row % 3 == 0 ? "" : texts[^(row + 1)];
            rows.Append(texts[row]).Append(",SAVED_LEAD,01-03-2025 08:15:30,1,").Append(member).Append('\n');
        }

        SalesActivityRecord[] records = [.. Read(rows.ToString(), ExportType.Activity).Cast<SalesActivityRecord>()];
        Assert.Equal(texts, records.Select(record => record.ActivityId));
        Assert.Equal(
            texts.Select((_, row) => row % 3 == 0 ? null : texts[^(row + 1)]),
            records.Select(record => record.MemberIdentityKey)
        );
        AssertNumbered(records);
    }

    [Theory]
    [InlineData(ExportType.Activity, "activityType,createdAt", "SAVED_LEAD,01-03-2025 08:15:30")] // Without an id.
    [InlineData(ExportType.ActivityOutcome, "activityId,activityType", "a,b")]
    [InlineData(ExportType.Seat, "seatId,name", "1,Ana")]
    public void Read_MoreRowsThanInABlock_AreNumbered(ExportType exportType, string header, string row)
    {
        const int Count = 140_000;
        ExportRecord[] records = Read(header + "\n" + string.Concat(Enumerable.Repeat(row + "\n", Count)), exportType);
        Assert.Equal(Count, records.Length);
        AssertNumbered(records);
    }

    [Fact]
    public void Constructor_WithoutFile_HasNoSource()
    {
        var record = new CrmValidationRecord("id", "LEAD", 1, 2);
        Assert.Equal(("id", null, null), (record.CrmId, record.FilePath, record.RowNumber));
        Assert.Null(new CrmValidationRecord(null, null, null, null).CrmId);
        Assert.Null(new SeatRecord([], []).RowNumber);
        Assert.Equal("a", new ActivityOutcomeRecord("a", "b", [], []).ActivityId);
    }

    private ExportRecord[] Read(string text, ExportType exportType)
    {
        string path = _folder.Write("export.csv", text);
        ExportRecord[] records =
        [
            .. ExportFileReader
                .Read(path, new ImportOptions { ExportType = exportType }, new RecordingOutput(), CancellationToken.None)
                .Cast<ExportRecord>(),
        ];
        Assert.All(records, record => Assert.Equal(path, record.FilePath));
        return records;
    }

    private static void AssertNumbered(ExportRecord[] records) =>
        Assert.Equal(
            Enumerable.Range(1, records.Length).Select(number => (long?)number),
            records.Select(record => record.RowNumber)
        );
}
