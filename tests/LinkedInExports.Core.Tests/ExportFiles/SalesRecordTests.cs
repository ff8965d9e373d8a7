using System.Globalization;
using System.Text;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>The samples of the exports schema, and variants of them.</summary>
public sealed class SalesRecordTests : IDisposable
{
    private const string Header = "activityId,activityType,createdAt,seatId,memberIdentityKey";

    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("en-US")]
    public void Read_ActivitiesInAnyCulture_ReturnsSameRecords(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            SalesActivityRecord[] records =
            [
                .. Read(
                        $"{Header}\nact-0001,SAVED_LEAD,01-03-2025 08:15:30,55001,mk-77aa\nact-0002,SAVED_ACCOUNT,12-31-2025 "
                            + "23:59:59,3000000000,\n"
                    )
                    .Cast<SalesActivityRecord>(),
            ];
            Assert.Equal(
                ("act-0001", "SAVED_LEAD", 55001L, "mk-77aa"),
                (records[0].ActivityId, records[0].ActivityType, records[0].SeatId, records[0].MemberIdentityKey)
            );
            Assert.Equal(new DateTimeOffset(2025, 1, 3, 8, 15, 30, TimeSpan.Zero), records[0].CreatedAt);
            Assert.Equal(new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero), records[1].CreatedAt);
            Assert.Equal((3000000000L, null), (records[1].SeatId, records[1].MemberIdentityKey));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Texts are stored as bytes and decoded on access, here after the reader has read other rows.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(",site")]
    public void Read_AnyText_IsPreserved(string extraColumn)
    {
        string[] parts = ["a", "\"", "é", "漢", "𝄞", "x\n", ","];
        var random = new Random(20261121);
        (string Id, string? Member)[] expected =
        [
            .. Enumerable
                .Range(0, 2000)
                .Select(row =>
                    (row + Text(row % 100 == 0 ? 6000 : 30), row % 5 == 0 ? null : row + Text(row % 70 == 0 ? 1500 : 12))
                ),
        ];
        string extraValue = extraColumn.Length == 0 ? "" : ",Berlin";
        string rows = string.Concat(
            expected.Select(row => $"{Quoted(row.Id)},SAVED_LEAD,01-03-2025 08:15:30,1,{Quoted(row.Member ?? "")}{extraValue}\n")
        );

        SalesActivityRecord[] records = [.. Read($"{Header}{extraColumn}\n{rows}").Cast<SalesActivityRecord>()];
        Assert.Equal(expected, records.Select(record => (record.ActivityId!, record.MemberIdentityKey)));

        string Text(int length) =>
            string.Concat(Enumerable.Range(0, random.Next(length)).Select(_ => parts[random.Next(parts.Length)]));
        static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    [Theory]
    [InlineData("13-01-2025 00:00:00")]
    [InlineData("00-01-2025 00:00:00")]
    [InlineData("02-29-2025 00:00:00")]
    [InlineData("01-32-2025 00:00:00")]
    [InlineData("01-01-0000 00:00:00")]
    [InlineData("01-01-2025 24:00:00")]
    [InlineData("01-01-2025 00:60:00")]
    [InlineData("01-01-2025 00:00:60")]
    [InlineData("1-1-2025 00:00:00")]
    [InlineData("2025-01-01 00:00:00")]
    [InlineData("01/01/2025 00:00:00")]
    [InlineData("01-01-2025T00:00:00")]
    [InlineData("01-01-2025 00:00:0x")]
    [InlineData("01-01-2025 00:00")]
    [InlineData("")]
    public void TryParse_UndocumentedTimeFormat_ReturnsFalse(string time)
    {
        Assert.False(ActivityTime.TryParse(Encoding.UTF8.GetBytes(time), out _));
        LinkedInException error = Assert.Throws<LinkedInException>(() => Read($"{Header}\na,SAVED_LEAD,{time},1,\n"));
        Assert.Contains(
            "row 1 column 3 (createdAt) is not a time in the format MM-dd-yyyy HH:mm:ss",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void TryParse_RandomTimes_MatchesDotNet()
    {
        var random = new Random(20260105);
        for (int i = 0; i < 20_000; i++)
        {
            DateTime expected = new DateTime(2000, 1, 1).AddSeconds(random.NextInt64(60L * 365 * 24 * 3600));
            string text = expected.ToString("MM-dd-yyyy HH:mm:ss", CultureInfo.InvariantCulture);
            Assert.True(ActivityTime.TryParse(Encoding.UTF8.GetBytes(text), out DateTimeOffset time), text);
            Assert.Equal(expected, time.UtcDateTime);
        }
    }

    [Fact]
    public void Read_HeaderOrExportType_DeterminesRecordType()
    {
        Assert.IsType<SalesActivityRecord>(Read($"{Header}\na,X,01-01-2025 00:00:00,1,\n").Single());
        Assert.IsType<SalesActivityRecordWithExtraColumns>(Read($"{Header},team\na,X,01-01-2025 00:00:00,1,,north\n").Single());
        Assert.IsType<ActivityOutcomeRecord>(Read("activityId,activityType,when\na,X,today\n").Single());
        Assert.Equal(LinkedInErrorId.UnknownExportType, Assert.Throws<LinkedInException>(() => Read("seatId,name\n1,A\n")).Id);
        Assert.IsType<SeatRecord>(Read("seatId,name\n1,A\n", ExportType.Seat).Single());
        Assert.IsType<ActivityOutcomeRecord>(
            Read($"{Header}\na,X,01-01-2025 00:00:00,1,\n", ExportType.ActivityOutcome).Single()
        );
    }

    [Fact]
    public void Read_SeatIdNotNumber_Throws()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => Read($"{Header}\na,X,01-01-2025 00:00:00,one,\n"));
        Assert.Contains("row 1 column 4 (seatId) is not an integer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UniqueActivityWithOutcomes_KeepsAllRecords()
    {
        string path = _folder.Write("a.csv", "activityId,activityType\na,X\na,Y\n");
        var options = new ImportOptions { SeenActivities = new HashSet<string>(StringComparer.Ordinal) };
        Assert.Equal(2, ExportFileReader.Read(path, options, _recorder, CancellationToken.None).Count());

        path = _folder.Write("b.csv", $"{Header}\na,X,01-01-2025 00:00:00,1,\na,X,01-01-2025 00:00:00,1,\n");
        Assert.Single(ExportFileReader.Read(path, options, _recorder, CancellationToken.None));
        Assert.Contains("1 duplicate activities were skipped", Assert.Single(_recorder.VerboseLines), StringComparison.Ordinal);
    }

    private object[] Read(string text, ExportType? exportType = null) =>
        [
            .. ExportFileReader.Read(
                _folder.Write("export.csv", text),
                new ImportOptions { ExportType = exportType },
                _recorder,
                CancellationToken.None
            ),
        ];
}
