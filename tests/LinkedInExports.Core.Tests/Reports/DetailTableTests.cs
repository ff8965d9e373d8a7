using System.Text;
using System.Text.Json;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Reports.Sections;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class DetailTableTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Write_RowsInAnyOrder_WritesNewestFirstAndUntimedLast()
    {
        var table = new DetailTable(maxRows: 10, maxSize: 10_000);
        foreach (int? day in new int?[] { 2, null, 5, 1, null, 5 })
        {
            table.Begin(day is { } number ? Day.AddDays(number) : null);
            table.Set("Name", day is { } known ? $"{known}-{table.Count}" : $"none-{table.Count}");
        }

        Assert.Equal(["5-3", "5-6", "2-1", "1-4", "none-2", "none-5"], Values(table, 6));
        Assert.Equal(["5-3", "5-6"], Values(table, 2));
    }

    [Fact]
    public void Begin_MoreRowsThanLimit_KeepsNewest()
    {
        var table = new DetailTable(maxRows: 100, maxSize: long.MaxValue / 2);
        for (int i = 0; i < 50_000; i++)
        {
            table.Begin(Day.AddMinutes(i * 7919 % 50_000));
            table.Set("Name", $"{i * 7919 % 50_000}");
        }

        Assert.InRange(table.Count, 100, 10_000);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{49_999 - i}"), Values(table, 100));
    }

    [Fact]
    public void Begin_LargeRows_KeepsAsManyAsFit()
    {
        var table = new DetailTable(int.MaxValue, maxSize: 100_000);
        for (int i = 0; i < 20_000; i++)
        {
            table.Begin(Day.AddMinutes(i));
            table.Set("Id", $"record {i}");
            table.Set("Text", new string((char)('a' + (i % 26)), 400));
            table.Set("Time", Day.AddMinutes(i));
        }

        int rows = table.CountFitting(100_000);
        Assert.InRange(rows, 1_000, 5_000);
        Assert.InRange(Json(table, rows).Length, 60_000, 100_500);
        Assert.Equal("record 19999", Values(table, 1)[0]);
    }

    [Theory]
    [InlineData("date", "12-31-2025", "01-02-2026")]
    [InlineData("date", "12-31-2025 23:59:59", "2026-01-02T00:00:00.123Z")]
    [InlineData("date", "2025-12-31", "2026-01-02 08:00:00")]
    [InlineData("date", "2025-12-31T00:00:00+02:00", "2026-01-02 08:00:00Z")]
    [InlineData("text", "12-31-2025", "soon")]
    [InlineData("text", "13-31-2025", "01-02-2026")]
    [InlineData("text", "31/12/2025", "01/02/2026")]
    [InlineData("number", "12", "-3.5")]
    public void Write_Texts_HaveKindByWhichTheySort(string expected, string first, string second)
    {
        var table = new DetailTable(10, 10_000);
        foreach (string value in new[] { first, second, "" })
        {
            table.Begin(null);
            table.Set("Name", value);
        }

        Assert.Equal(expected, Column(table, 3).GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("CrmRecordType", "CRM record type")]
    [InlineData("crmId", "CRM ID")]
    [InlineData("MemberIdentityKey", "Member identity key")]
    [InlineData("socialSellingIndex", "Social selling index")]
    [InlineData("Owner", "Owner")]
    [InlineData("NotAFile", "Not a file")]
    [InlineData("RejectedByLinkedIn", "Rejected by LinkedIn")]
    [InlineData("REGION", "REGION")]
    [InlineData("my Column_2", "my Column_2")]
    [InlineData("", "")]
    [InlineData("<b>", "<b>")]
    public void GetHeading_Names_AreReadable(string name, string expected) =>
        Assert.Equal(expected, DisplayNames.GetHeading(name));

    private static string[] Values(DetailTable table, int rows)
    {
        JsonElement column = Column(table, rows);
        IEnumerable<JsonElement> values = column.GetProperty("values").EnumerateArray();
        return column.TryGetProperty("texts", out JsonElement texts)
            ? [.. values.Select(value => texts[value.GetInt32()].GetString()!)]
            : [.. values.Select(value => value.GetString()!)];
    }

    private static JsonElement Column(DetailTable table, int rows) =>
        JsonDocument.Parse(Json(table, rows)).RootElement.GetProperty("columns")[0];

    private static string Json(DetailTable table, int rows)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            table.Write(json, rows, table.Count);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
